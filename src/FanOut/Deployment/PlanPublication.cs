using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Deployment;

/// <summary>Compares what exists with what is wanted, resource by resource: table, role, log group, function, version and alias.</summary>
/// <remarks>
/// No state is kept between runs: each looks at what exists. So a run continues one that failed half way, and changes nothing if all is done.
/// </remarks>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="settings">What is wanted.</param>
/// <param name="tables">Opens a table of mappings.</param>
/// <param name="time">The clock of waits.</param>
/// <param name="warn">Writes a warning.</param>
internal sealed class PlanPublication(
    AwsSession session, PublishSettings settings, Func<string, MappingTable> tables, TimeProvider time, Action<string> warn)
{
    /// <summary>Makes the plan; only reads.</summary>
    /// <exception cref="FanOutException">FunctionNotFanOut, PackageNotFound, PackageInvalid, PolicyTooLarge, VariablesUnreadable.</exception>
    public async Task<Publication> PlanAsync(CancellationToken cancellationToken)
    {
        DeployedFunction now = await DeployedFunction.ReadFanOutAsync(session, settings.Function, settings.Force, cancellationToken).ConfigureAwait(false);
        bool isUpgrade = now.IsUpgrade;
        if (settings.PackagePath is null && DeployedCode.VersionOf(now.Tags, now.Configuration?.CodeSha256) is { } deployed && deployed.CompareTo(ModuleVersion.Own) > 0)
        {
            warn($"The function {settings.Name} runs FanOut {deployed}, and this module is {ModuleVersion.Own}: an older program takes the place of a newer one. "
                + "'Update-PSResource FanOut' brings a newer module.");
        }

        PublishSettings wanted = now.Configuration is null || isUpgrade
            ? await DeploymentPackage.CompleteAsync(settings, cancellationToken).ConfigureAwait(false) : settings;
        List<EventSourceMappingConfiguration> eventSourceMappings =
            await new EventSourceMappings(session, settings.Function, time).ListAsync(null, cancellationToken).ConfigureAwait(false);
        string table = FunctionEnvironment.TableOf(now.Configuration?.Environment?.Variables ?? [], settings);
        IReadOnlyList<TargetRow> rows = await RowsAsync(table, cancellationToken).ConfigureAwait(false);
        FunctionFacts facts = await new PublicationFacts(session, settings, time).ReadAsync(now, table, rows, cancellationToken).ConfigureAwait(false) with
        {
            EventDestinations = now.Configuration is null
                ? [] : await new EventInvokeConfigs(session, settings.Function with { Qualifier = null }).ListOnFailureAsync(cancellationToken).ConfigureAwait(false),
            Sources = [.. eventSourceMappings.Where(static m => m.State != "Deleting").Select(ConnectedSource.Of)],
        };

        var function = new PublishFunction(session, wanted, facts.RoleArn, eventSourceMappings.All(ReportingPlan.Reports), time);
        IReadOnlyList<Change> ofFunction = now.Configuration is null
            ? await function.PlanNewAsync(cancellationToken).ConfigureAwait(false)
            : await function.PlanChangesAsync(now, isUpgrade, cancellationToken).ConfigureAwait(false);
        if (ofFunction.Any(static c => c.IsOfVersions))
        {
            WarnOfOldVersions(eventSourceMappings);
        }

        UpgradeOriginal? upgrade = isUpgrade ? new UpgradeOriginal(session, settings, now, time, warn) : null;
        IReadOnlyList<Change> after = upgrade is null
            ? []
            : await upgrade.AfterAsync(eventSourceMappings, LeavesRoleAlone ? null : PublishRole.NameOf(facts.RoleArn), cancellationToken).ConfigureAwait(false);
        Task SettleAsync(CancellationToken c) => new FunctionConfigurations(session, settings.Function, time).SettledAsync(settings.Patience, c);
        (IReadOnlyList<Change> wider, IReadOnlyList<Change> narrower) = LeavesRoleAlone
            ? ([], [])
            : await new PublishRole(session, facts.RoleArn, settings, time, warn, SettleAsync).PlanAsync(facts, now.Configuration, ofFunction.Count > 0, cancellationToken).ConfigureAwait(false);
        return new Publication(
            [
                .. await PlanTableAsync(table, now, isUpgrade, cancellationToken).ConfigureAwait(false),
                .. wider,
                .. await new PublishLogGroup(session, facts.LogGroup!, settings).PlanAsync(cancellationToken).ConfigureAwait(false),
                .. upgrade?.Before() ?? [],
                .. ofFunction,
                .. narrower,
                .. after,
                .. await new PublishVersions(session, settings, SettleAsync)
                    .PlanAsync(now.Configuration, ofFunction.Count + after.Count > 0, cancellationToken).ConfigureAwait(false),
            ],
            table);
    }

    // A version does not change any more, and an alias names one until it is let name another.
    private void WarnOfOldVersions(IEnumerable<EventSourceMappingConfiguration> eventSourceMappings)
    {
        foreach (IGrouping<string, EventSourceMappingConfiguration> calling in eventSourceMappings.Where(static m => m.State != "Deleting")
            .GroupBy(static m => InvokedFunction.QualifierOf(m) ?? "").Where(g => g.Key.Length > 0 && g.Key != settings.Alias).OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            string sources = string.Join(", ", calling.Select(static m => EventSource.Describe(EventSource.Of(m)).Name).Distinct().Order(StringComparer.Ordinal));
            bool isVersion = calling.Key.All(char.IsAsciiDigit);
            warn($"The {(isVersion ? "version" : "alias")} {calling.Key} of the function {settings.Name}, which {sources} {(sources.Contains(',', StringComparison.Ordinal) ? "call" : "calls")}, stays as it is: the change is of the function itself. "
                + (isVersion ? "A version never changes: let the source call an alias." : $"-Alias {calling.Key} publishes a version, and lets the alias name it."));
        }
    }

    // A role that is given by its ARN is left alone: the user may not be allowed to see it.
    private bool LeavesRoleAlone => Arn.Looks(settings.Role);

    private Task<IReadOnlyList<Change>> PlanTableAsync(string table, DeployedFunction now, bool isUpgrade, CancellationToken cancellationToken)
    {
        TableDefaults defaults = isUpgrade ? TableDefaults.Set : now.Configuration is null ? TableDefaults.SetIfOurs : TableDefaults.Leave;
        return Arn.Looks(table)
            ? Task.FromResult<IReadOnlyList<Change>>([])
            : new PublishTable(session, table, settings, time).PlanAsync(defaults, cancellationToken);
    }

    private async Task<IReadOnlyList<TargetRow>> RowsAsync(string table, CancellationToken cancellationToken)
    {
        List<TargetRow> rows = [];
        try
        {
            await foreach (TargetRow row in tables(table).ReadAsync(null, cancellationToken).ConfigureAwait(false))
            {
                rows.Add(row);
            }
        }
        catch (FanOutException e) when (e.ErrorId == "TableNotFound" && !Arn.Looks(table))
        {
            // The plan creates it.
        }

        return rows;
    }
}
