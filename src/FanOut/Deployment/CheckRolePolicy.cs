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
    private FoundKeys? _found;

    /// <summary>A source that is about to be connected: the role must be allowed to read it before; null: none.</summary>
    public ConnectedSource? Connecting { get; init; }

    /// <summary>The function's role, if the comparison has found that it does not have the module's policy: then its policies are its owner's.</summary>
    public string? ForeignRole { get; private set; }

    /// <summary>The table that the function reads, as the comparison has found; null: it is not known.</summary>
    public string? FunctionTable { get; private set; }

    /// <summary>The targets because of which the policy is looked at; their keys of AWS KMS are looked for, all others are kept as they are.</summary>
    public IReadOnlyList<Mapping> Targets { get; init; } = [];

    /// <summary>Targets that are about to be written: the role must be allowed to send to them before.</summary>
    public IReadOnlyList<Mapping> Planned { get; init; } = [];

    /// <summary>Which keys could not be found; null: all were found, as far as one may look.</summary>
    public string? Warning => _found?.Warning;

    /// <summary>Makes the comparison; only reads.</summary>
    /// <returns>Null: the policy is as it should be, or it is not the module's.</returns>
    public async Task<PolicyGap?> FindGapAsync(CancellationToken cancellationToken)
    {
        FunctionConfiguration configuration =
            await new FunctionConfigurations(session, function with { Qualifier = null }, time).GetAsync(cancellationToken).ConfigureAwait(false);
        FunctionTable = new ReadSources(session, function, time) { Configuration = configuration }.FunctionTable;
        var policies = new RolePolicies(session, configuration.Role ?? "", function.Name, time);
        if (await policies.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } now)
        {
            ForeignRole = configuration.Role;
            return null;
        }

        FunctionFacts facts = await FactsAsync(configuration, cancellationToken).ConfigureAwait(false);

        // Asked again, others change targets too, and their keys may be gone with a policy that was put meanwhile: then all is looked at.
        PolicyDocument part = _found is null ? ExecutionPolicy.OfSome(Targets, Connecting is null ? [] : [Connecting], facts.Home) : ExecutionPolicy.Of(facts);
        _found = await new FindKeys(session).OfAsync(part, cancellationToken).ConfigureAwait(false);
        PolicyGap gap = await policies.CompareAsync(now, keys => Wanted(facts, keys), cancellationToken).ConfigureAwait(false);
        _configuration = configuration;
        return gap.Changes.Count == 0 && gap.Unplaced is null ? null : gap;
    }

    /// <summary>Whether targets and sources still need what they needed when a gap was found; only reads.</summary>
    public async Task<bool> StillWantsAsync(PolicyGap gap, CancellationToken cancellationToken) =>
        _configuration is { } configuration && Wanted(await FactsAsync(configuration, cancellationToken).ConfigureAwait(false), gap.Keys).Json == gap.Wanted.Json;

    private PolicyDocument Wanted(FunctionFacts facts, IReadOnlyList<string> keys) => ExecutionPolicy.Of(facts with { Keys = [.. keys.Union(_found?.Keys ?? [])] });

    private async Task<FunctionFacts> FactsAsync(FunctionConfiguration configuration, CancellationToken cancellationToken)
    {
        var read = new ReadSources(session, function, time) { Configuration = configuration };
        FunctionFacts facts = ReadFacts.Of(
            read, session.Region, await EventSourceMappingsAsync(cancellationToken).ConfigureAwait(false), await RowsAsync(read.TableName, cancellationToken).ConfigureAwait(false));
        return facts with
        {
            LogGroup = configuration.LoggingConfig?.LogGroup is { Length: > 0 } group ? group : null,
            EventDestinations = await new EventInvokeConfigs(session, function with { Qualifier = null }).ListOnFailureAsync(cancellationToken).ConfigureAwait(false),
            Sources = Connecting is null ? facts.Sources : [.. facts.Sources, Connecting],
            Mappings = [.. facts.Mappings, .. Planned.Except(facts.Mappings)],
        };
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
