using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Deployment;

/// <summary>Compares the policies of a function's role with what the function's targets and sources need.</summary>
/// <remarks>Only a role that has the module's policy already is compared: the policies of other roles belong to their owners.</remarks>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="function">The function.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class CheckRolePolicy(AwsSession session, FunctionDestination function, TimeProvider time)
{
    /// <summary>A source that is about to be connected: the role must be allowed to read it before; null: none.</summary>
    public ConnectedSource? Connecting { get; init; }

    /// <summary>Makes the comparison; only reads.</summary>
    /// <returns>Null: the policy is as it should be, or it is not the module's.</returns>
    public async Task<PolicyGap?> FindGapAsync(CancellationToken cancellationToken)
    {
        FunctionConfiguration configuration =
            await new FunctionConfigurations(session, function with { Qualifier = null }, time).GetAsync(cancellationToken).ConfigureAwait(false);
        var policies = new RolePolicies(session, configuration.Role ?? "", function.Name, time);
        if (await policies.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } now)
        {
            return null;
        }

        var read = new ReadSources(session, function, time) { Configuration = configuration };
        FunctionFacts facts = ReadFacts.Of(read, session.Region, await EventSourceMappingsAsync(cancellationToken).ConfigureAwait(false), await RowsAsync(read.TableName, cancellationToken).ConfigureAwait(false));
        facts = facts with
        {
            LogGroup = configuration.LoggingConfig?.LogGroup is { Length: > 0 } group ? group : null,
            Sources = Connecting is null ? facts.Sources : [.. facts.Sources, Connecting],
        };
        PolicyGap gap = await policies.CompareAsync(now, ExecutionPolicy.Of(facts), cancellationToken).ConfigureAwait(false);
        return gap.Changes.Count == 0 && gap.Unplaced is null ? null : gap;
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
