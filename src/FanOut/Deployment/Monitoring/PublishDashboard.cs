using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.Aws.CloudWatch;
using FanOut.Credentials;
using FanOut.Errors;

namespace FanOut.Deployment.Monitoring;

/// <summary>A function's dashboard in CloudWatch: looks first, and puts it where it is missing or other than it is wanted.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="function">The function's name.</param>
internal sealed class PublishDashboard(AwsSession session, string function)
{
    /// <summary>The dashboard's name.</summary>
    public string Name { get; } = FunctionDashboard.NameOf(function, session.Region);

    /// <summary>Plans the dashboard; only reads.</summary>
    /// <param name="isForced">Whether one that was not made here is replaced.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FanOutException">DashboardNotFanOut.</exception>
    public async Task<IReadOnlyList<Change>> PlanAsync(bool isForced, CancellationToken cancellationToken)
    {
        IReadOnlyList<MetricAlarm> alarms = await new PublishAlarms(session, function).ReadAsync(cancellationToken).ConfigureAwait(false);
        JsonObject wanted = FunctionDashboard.Of(function, session.Region, [.. alarms.Select(static a => a.AlarmArn!).Order(StringComparer.Ordinal)]);
        GetDashboardResponse? now = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (now is not null && !IsOurs(now) && !isForced)
        {
            throw FanOutError.DashboardNotFanOut(Name, session.Identity);
        }

        return now is not null && JsonNode.DeepEquals(Parsed(now), wanted) ? [] :
            [new($"dashboard {Name}", now is null ? "Create" : "Put its widgets anew", c => session.CloudWatch().PutDashboardAsync(new() { DashboardName = Name, DashboardBody = wanted.ToJsonString() }, c))];
    }

    /// <summary>Plans that the dashboard is gone; only reads.</summary>
    /// <param name="tellLeft">Is told of one of this name that was not made here.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<Change>> PlanRemovalAsync(Action<string> tellLeft, CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken).ConfigureAwait(false) is not { } now)
        {
            return [];
        }

        if (!IsOurs(now))
        {
            tellLeft($"dashboard {Name}, which Publish-FanOutDashboard has not made");
            return [];
        }

        return [new($"dashboard {Name}", "Delete", c => session.CloudWatch().DeleteDashboardsAsync(new() { DashboardNames = [Name] }, c))];
    }

    private async Task<GetDashboardResponse?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await session.CloudWatch().GetDashboardAsync(new() { DashboardName = Name }, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonCloudWatchException e) when (e.StatusCode == HttpStatusCode.NotFound || e.ErrorCode is "DashboardNotFoundError" or "ResourceNotFound")
        {
            return null;
        }
    }

    private static bool IsOurs(GetDashboardResponse dashboard) => dashboard.DashboardBody?.Contains(FunctionDashboard.Mark, StringComparison.Ordinal) == true;

    private static JsonNode? Parsed(GetDashboardResponse dashboard)
    {
        try
        {
            return JsonNode.Parse(dashboard.DashboardBody ?? "");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
