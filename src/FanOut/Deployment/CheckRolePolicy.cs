using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Registry;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Deployment;

/// <summary>Compares the policies of a function's role with what the function's targets and sources need.</summary>
/// <remarks>Only a role that has the module's policy already is compared: the policies of other roles belong to their owners.</remarks>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="function">The function.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class CheckRolePolicy(AwsSession session, FunctionDestination function, TimeProvider time)
{
    private FunctionConfiguration? _configuration;

    /// <summary>A source that is about to be connected: the role must be allowed to read it before; null: none.</summary>
    public ConnectedSource? Connecting { get; init; }

    /// <summary>The function's role, if the comparison has found that it does not have the module's policy: then its policies are its owner's.</summary>
    public string? ForeignRole { get; private set; }

    /// <summary>Makes the comparison; only reads.</summary>
    /// <returns>Null: the policy is as it should be, or it is not the module's.</returns>
    public async Task<PolicyGap?> FindGapAsync(CancellationToken cancellationToken)
    {
        FunctionConfiguration configuration =
            await new FunctionConfigurations(session, function with { Qualifier = null }, time).GetAsync(cancellationToken).ConfigureAwait(false);
        var policies = new RolePolicies(session, configuration.Role ?? "", function.Name, time);
        if (await policies.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } now)
        {
            ForeignRole = configuration.Role;
            return null;
        }

        PolicyGap gap = await policies.CompareAsync(now, await WantedAsync(configuration, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        _configuration = configuration;
        return gap.Changes.Count == 0 && gap.Unplaced is null ? null : gap;
    }

    /// <summary>Whether targets and sources still need what they needed when a gap was found; only reads.</summary>
    public async Task<bool> StillWantsAsync(PolicyGap gap, CancellationToken cancellationToken) =>
        _configuration is { } configuration && (await WantedAsync(configuration, cancellationToken).ConfigureAwait(false)).Json == gap.Wanted.Json;

    private async Task<PolicyDocument> WantedAsync(FunctionConfiguration configuration, CancellationToken cancellationToken)
    {
        var read = new ReadSources(session, function, time) { Configuration = configuration };
        FunctionFacts facts = ReadFacts.Of(
            read, session.Region, await EventSourceMappingsAsync(cancellationToken).ConfigureAwait(false), await RowsAsync(read.TableName, cancellationToken).ConfigureAwait(false));
        return ExecutionPolicy.Of(facts with
        {
            LogGroup = configuration.LoggingConfig?.LogGroup is { Length: > 0 } group ? group : null,
            EventDestinations = await new EventInvokeConfigs(session, function with { Qualifier = null }).ListOnFailureAsync(cancellationToken).ConfigureAwait(false),
            Sources = Connecting is null ? facts.Sources : [.. facts.Sources, Connecting],
        });
    }

    private async Task<IEnumerable<EventSourceMappingConfiguration>> EventSourceMappingsAsync(CancellationToken cancellationToken) =>
        (await new EventSourceMappings(session, function with { Qualifier = null }, time).ListAsync(null, cancellationToken).ConfigureAwait(false))
            .Where(static m => m.State != "Deleting");

    private async Task<IReadOnlyList<TargetRow>> RowsAsync(string table, CancellationToken cancellationToken)
    {
        AwsSession home = Arn.TryParse(table, out Arn? arn) && arn.Region.Length > 0 ? session.In(arn.Region) : session;
        List<TargetRow> rows = [];
        await foreach (TargetRow row in new MappingTable(home, table, function.Name).ReadAsync(null, cancellationToken).ConfigureAwait(false))
        {
            rows.Add(row);
        }

        return rows;
    }
}
