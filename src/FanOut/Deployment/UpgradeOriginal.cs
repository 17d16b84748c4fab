using Amazon.Runtime;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Sources;

namespace FanOut.Deployment;

/// <summary>Upgrades the original aws-lambda-fanout to FanOut's function: the changes before its code is switched, and those after.</summary>
/// <remarks>
/// During the upgrade the function has a tag with the version of its old code, so that the next run continues one that failed half way. Runtime
/// and code are switched by two calls, because Lambda has none that does both. An invocation in between fails; the source keeps its records, and
/// they are sent again.
/// </remarks>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="settings">What is wanted.</param>
/// <param name="function">The function as Lambda has it.</param>
/// <param name="time">The clock of waits.</param>
/// <param name="warn">Writes a warning.</param>
internal sealed class UpgradeOriginal(AwsSession session, PublishSettings settings, DeployedFunction function, TimeProvider time, Action<string> warn)
{
    // The policies that the bash CLI gave its roles, and never removed.
    private static readonly string[] InlinePolicies = ["Metrics", "PublishData", "ReadConfiguration"];

    private static readonly string[] ManagedPolicies =
    [
        "AmazonDynamoDBReadOnlyAccess", "AWSLambdaDynamoDBExecutionRole", "AWSLambdaKinesisExecutionRole", "AWSLambdaVPCAccessExecutionRole",
    ];

    private readonly string _target = $"function {settings.Name} in {session.Region}";

    private AmazonLambdaClient Client => session.Lambda();

    /// <summary>The changes before the switch: the old code is kept as a version.</summary>
    public IEnumerable<Change> Before()
    {
        if (function.IsUpgrading)
        {
            yield break;
        }

        string version = "none";
        yield return new(_target, "Publish a version of the old code, to go back to", async c =>
        {
            try
            {
                version = (await Client.PublishVersionAsync(
                    new PublishVersionRequest { FunctionName = settings.Function.FunctionName, Description = "aws-lambda-fanout, before the upgrade" }, c).ConfigureAwait(false)).Version!;
                warn($"The old code is version {version} of {settings.Name}. To go back to it: "
                    + $"aws lambda update-event-source-mapping --region {session.Region} --function-name {settings.Name}:{version} --uuid <uuid>, for each Uuid that Get-FanOutSource shows.");
            }
            catch (AmazonLambdaException e) when (e.ErrorCode == "InvalidParameterValueException")
            {
                warn($"No version of the old code could be published, so there is none to go back to: {e.Message}");
            }
        });
        yield return new(_target, $"Tag with {DeploymentTags.Function}, {DeploymentTags.Upgrading}", c => Client.TagResourceAsync(
            new TagResourceRequest
            {
                Resource = function.Configuration!.FunctionArn!,
                Tags = new() { [DeploymentTags.Function] = settings.Name, [DeploymentTags.Upgrading] = version },
            },
            c));
    }

    /// <summary>
    /// The changes after the switch: policies that allow too much are removed, event source mappings ask which records failed, and the function
    /// answers that.
    /// </summary>
    /// <param name="eventSourceMappings">The function's event source mappings.</param>
    /// <param name="roleName">The function's role; null: it is left alone.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<Change>> AfterAsync(
        IReadOnlyList<EventSourceMappingConfiguration> eventSourceMappings, string? roleName, CancellationToken cancellationToken) =>
    [
        .. roleName is null || settings.SkipPolicy ? [] : await NarrowAsync(roleName, cancellationToken).ConfigureAwait(false),
        .. Report(eventSourceMappings),
        new(_target, $"Remove the tag {DeploymentTags.Upgrading}", c => Client.UntagResourceAsync(
            new UntagResourceRequest { Resource = function.Configuration!.FunctionArn!, TagKeys = [DeploymentTags.Upgrading] }, c)),
    ];

    private IEnumerable<Change> Report(IReadOnlyList<EventSourceMappingConfiguration> eventSourceMappings)
    {
        var upgraded = new FunctionConfiguration { Runtime = PublishSettings.DefaultRuntime };
        var configurations = new FunctionConfigurations(session, settings.Function, time);
        var plan = ReportingPlan.Of(upgraded, configurations.Readable(function.Configuration!), null, eventSourceMappings);
        if (plan.Warning is { } warning)
        {
            warn(warning);
        }

        if (!plan.SetVariable && plan.Upgrade.Count == 0)
        {
            yield break;
        }

        var changes = new EventSourceMappings(session, settings.Function, time);
        foreach (EventSourceMappingConfiguration eventSourceMapping in plan.Upgrade)
        {
            yield return new($"source {EventSource.Of(eventSourceMapping)}, event source mapping {eventSourceMapping.UUID}",
                $"Set {ReportingPlan.ResponseType}", c => changes.UpdateAndSettleAsync(
                new UpdateEventSourceMappingRequest { UUID = eventSourceMapping.UUID!, FunctionResponseTypes = [ReportingPlan.ResponseType] },
                settings.Patience, c));
        }

        if (plan.SetVariable)
        {
            yield return new(_target, $"Update: variables {FunctionVariables.BatchItemFailures}", c => configurations.SetVariableAsync(
                FunctionVariables.BatchItemFailures, "true", settings.Patience, c));
        }
    }

    private async Task<List<Change>> NarrowAsync(string roleName, CancellationToken cancellationToken)
    {
        List<Change> changes = [];
        var policies = new AllRolePolicies(session, roleName);
        string[] inline, attached;
        try
        {
            inline = [.. (await policies.InlineAsync(cancellationToken).ConfigureAwait(false)).Intersect(InlinePolicies)];
            attached = [.. (await policies.AttachedAsync(cancellationToken).ConfigureAwait(false)).Where(static a => a.Contains(":iam::aws:", StringComparison.Ordinal) && ManagedPolicies.Contains(PublishRole.NameOf(a)))];
        }
        catch (AmazonServiceException e) when (e.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            warn($"The policies of the role {roleName} cannot be read as {session.Identity}, so those of the original were not removed: {e.Message}");
            return changes;
        }

        if (roleName != settings.Name + "Role" && inline.Length + attached.Length > 0)
        {
            warn($"The role {roleName} keeps the policies {string.Join(", ", inline.Concat(attached))}, which {settings.Name} does not need any more: others may use the role.");
            return changes;
        }

        changes.AddRange(inline.Select(p => new Change($"role {roleName}", $"Delete the policy {p}", c => policies.DeleteAsync(p, c))));
        changes.AddRange(attached.Select(p => new Change($"role {roleName}", $"Detach the policy {p}", c => policies.DetachAsync(p, c))));
        return changes;
    }
}
