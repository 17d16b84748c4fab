using FanOut.Aws.CloudWatchLogs;
using FanOut.Aws.Lambda;
using FanOut.Credentials;

namespace FanOut.Deployment;

/// <summary>The function's log group. It is created before the function, so that the function's role need not be allowed to create it.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="name">The log group's name.</param>
/// <param name="settings">What is wanted.</param>
internal sealed class PublishLogGroup(AwsSession session, string name, PublishSettings settings)
{
    private readonly string _target = $"log group {name} in {session.Region}";

    private AmazonCloudWatchLogsClient Client => session.Logs();

    /// <summary>The log group that Lambda uses if no other is set.</summary>
    public static string DefaultName(string function) => $"/aws/lambda/{function}";

    /// <summary>The log group that a function writes into.</summary>
    public static string NameOf(FunctionConfiguration? configuration, string function) =>
        configuration?.LoggingConfig?.LogGroup is { Length: > 0 } own ? own : DefaultName(function);

    /// <summary>Makes the plan; only reads.</summary>
    public async Task<IReadOnlyList<Change>> PlanAsync(CancellationToken cancellationToken)
    {
        List<Change> changes = [];
        LogGroup? group = await FindAsync(session, name, cancellationToken).ConfigureAwait(false);
        if (group is null)
        {
            changes.Add(new(_target, "Create", c => Client.CreateLogGroupAsync(
                new CreateLogGroupRequest { LogGroupName = name, Tags = DeploymentTags.Of(settings.Name, settings.Tags) }, c)));
        }

        if (settings.LogRetentionDays is { } days && group?.RetentionInDays != days)
        {
            changes.Add(new(_target, $"Keep logs for {(days == 1 ? "1 day" : $"{days} days")}", c => Client.PutRetentionPolicyAsync(
                new PutRetentionPolicyRequest { LogGroupName = name, RetentionInDays = days }, c)));
        }

        if (group is not null && settings.Tags is { } wanted && await MissingTagsAsync(group, wanted, cancellationToken).ConfigureAwait(false) is { Count: > 0 } missing)
        {
            changes.Add(new(_target, DeploymentTags.Action(missing), c => Client.TagResourceAsync(
                new TagLogsResourceRequest { ResourceArn = ArnOf(group), Tags = missing }, c)));
        }

        return changes;
    }

    /// <summary>Finds a log group by its name; null: there is none.</summary>
    public static async Task<LogGroup?> FindAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            DescribeLogGroupsResponse page = await session.Logs().DescribeLogGroupsAsync(
                new DescribeLogGroupsRequest { LogGroupNamePrefix = name, NextToken = next }, cancellationToken).ConfigureAwait(false);
            if (page.LogGroups?.FirstOrDefault(g => g.LogGroupName == name) is { } found)
            {
                return found;
            }

            next = page.NextToken;
        }
        while (next is not null);
        return null;
    }

    private async Task<Dictionary<string, string>> MissingTagsAsync(LogGroup group, IReadOnlyDictionary<string, string> wanted, CancellationToken cancellationToken) =>
        DeploymentTags.Missing(wanted, (await Client.ListTagsForResourceAsync(
            new ListTagsForResourceRequest { ResourceArn = ArnOf(group) }, cancellationToken).ConfigureAwait(false)).Tags ?? []);

    private static string ArnOf(LogGroup group) => group.LogGroupArn ?? group.Arn!.TrimEnd('*').TrimEnd(':');
}
