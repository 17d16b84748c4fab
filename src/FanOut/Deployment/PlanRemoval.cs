using System.Net;
using Amazon.Runtime;
using FanOut.Aws.CloudWatch;
using FanOut.Aws.CloudWatchLogs;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment.Monitoring;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Deployment;

/// <summary>Finds what exists of a function, and the order of removal: first what calls it, then what was made for it, then the function itself.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="settings">What is to be removed.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class PlanRemoval(AwsSession session, RemovalSettings settings, TimeProvider time)
{
    private readonly List<string> _left = [];

    /// <summary>Makes the plan; only reads.</summary>
    /// <exception cref="FanOutException">FunctionNotFanOut.</exception>
    public async Task<Removal> PlanAsync(CancellationToken cancellationToken)
    {
        DeployedFunction now = await DeployedFunction.ReadFanOutAsync(session, settings.Function, settings.Force, cancellationToken).ConfigureAwait(false);
        string first = settings.Function.Name + "Targets";
        string table = settings.Table ?? (now.Configuration?.Environment?.Variables?.GetValueOrDefault(FunctionVariables.Table) is { Length: > 0 } read ? read : first);
        AwsSession home = Arn.TryParse(table, out Arn? arn) && arn.Region.Length > 0 ? session.In(arn.Region) : session;
        List<Change> changes =
        [
            .. await RemoveEventSourceMappings.PlanAsync(session, settings, time, cancellationToken).ConfigureAwait(false),
            .. await RemoveSubscriptions.PlanAsync(session, settings, now.Configuration, new SuspendedSubscriptions(home, table), cancellationToken).ConfigureAwait(false),
        ];
        if (now.Configuration is { VpcConfig.SubnetIds: { Count: > 0 }, Role: { } role })
        {
            // Lambda deletes the network interfaces with the permissions of the function's role: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
            _left.Add($"role {PublishRole.NameOf(role)}, with which Lambda now deletes the function's network interfaces (run this again in half an hour, and it goes too)");
        }
        else
        {
            changes.AddRange(await new RemoveRole(session, settings.Function.Name, time, _left.Add).PlanAsync(now.Configuration?.Role, cancellationToken).ConfigureAwait(false));
        }

        changes.AddRange(await MonitoringAsync(cancellationToken).ConfigureAwait(false));
        changes.AddRange(await LogsAsync(now.Configuration, cancellationToken).ConfigureAwait(false));
        changes.AddRange(await new RemoveTable(home, table, settings, time, _left.Add).PlanAsync(cancellationToken).ConfigureAwait(false));
        if (!table.EndsWith(first, StringComparison.Ordinal))
        {
            // It may have been made when the function was first published. As the function reads another table now, it is only mentioned.
            await new RemoveTable(session, first, settings with { IncludeTable = false }, time, _ => _left.Add($"table {first}, which is not the one that it reads (-TableName {first} -IncludeTable deletes it)"))
                .PlanAsync(cancellationToken).ConfigureAwait(false);
        }

        // The function goes last: its settings name what else was made for it, so that a run that fails before can be repeated.
        if (now.Configuration is not null)
        {
            changes.Add(new($"function {settings.Function.Name} in {session.Region}", "Delete, with its versions and aliases", c => session.Lambda().DeleteFunctionAsync(
                new DeleteFunctionRequest { FunctionName = settings.Function.FunctionName }, c)));
        }

        return new Removal([.. changes.Select(static change => change with { RunAsync = c => UnlessGoneAsync(change, c) })], _left);
    }

    // Somebody else may remove the function at the same time.
    private static async Task UnlessGoneAsync(Change change, CancellationToken cancellationToken)
    {
        try
        {
            await change.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException e) when (e.StatusCode == HttpStatusCode.NotFound || e.ErrorCode is "ResourceNotFoundException" or "NoSuchEntity" or "NotFound")
        {
            // That is what was wanted.
        }
    }

    // Whoever may not look for alarms and dashboards has a function to remove all the same.
    private async Task<IReadOnlyList<Change>> MonitoringAsync(CancellationToken cancellationToken)
    {
        try
        {
            return
            [
                .. await new PublishAlarms(session, settings.Function.Name).PlanRemovalAsync(_left.Add, cancellationToken).ConfigureAwait(false),
                .. await new PublishDashboard(session, settings.Function.Name).PlanRemovalAsync(_left.Add, cancellationToken).ConfigureAwait(false),
            ];
        }
        catch (AmazonCloudWatchException e) when (e.StatusCode == HttpStatusCode.Forbidden || e.ErrorCode is "AccessDenied" or "AccessDeniedException")
        {
            _left.Add($"alarms and a dashboard FanOut-{settings.Function.Name}-…, if there are any: they could not be looked for ({FanOutError.Sentence(e.Message).TrimEnd('.')})");
            return [];
        }
    }

    private async Task<IReadOnlyList<Change>> LogsAsync(FunctionConfiguration? configuration, CancellationToken cancellationToken)
    {
        string first = PublishLogGroup.DefaultName(settings.Function.Name), name = PublishLogGroup.NameOf(configuration, settings.Function.Name);
        if (await PublishLogGroup.FindAsync(session, name, cancellationToken).ConfigureAwait(false) is null)
        {
            return [];
        }

        if (settings.IncludeLogs)
        {
            return [new($"log group {name} in {session.Region}", "Delete", c => session.Logs().DeleteLogGroupAsync(new DeleteLogGroupRequest { LogGroupName = name }, c))];
        }

        // Without the function nobody knows a log group of another name.
        _left.Add($"log group {name} ({(name == first ? "-IncludeLogs" : $"aws logs delete-log-group --log-group-name {name} --region {session.Region}")} deletes it)");
        return [];
    }
}
