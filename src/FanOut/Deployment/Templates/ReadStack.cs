using Amazon.Runtime;
using FanOut.Aws.IdentityManagement;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Deployment.Templates;

/// <summary>Finds out what a template makes: the function as it is, or as a new one is, with what Publish- and Connect-FanOutSource would change. Only reads.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="request">What is asked for.</param>
/// <param name="tables">Opens a table of mappings.</param>
/// <param name="time">The clock.</param>
/// <param name="warn">Writes a warning.</param>
internal sealed class ReadStack(AwsSession session, StackRequest request, Func<string, MappingTable> tables, TimeProvider time, Action<string> warn)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="FanOutException">FunctionNotFanOut, PolicyTooLarge, VariablesUnreadable, VariablesInvalid.</exception>
    public async Task<FunctionStack> ReadAsync(CancellationToken cancellationToken)
    {
        DeployedFunction now = await DeployedFunction.ReadFanOutAsync(session, request.Settings.Function, force: false, cancellationToken).ConfigureAwait(false);
        string table = FunctionEnvironment.TableOf(now.Configuration?.Environment?.Variables ?? [], request.Settings);
        IReadOnlyList<TargetRow> rows = await RowsAsync(table, cancellationToken).ConfigureAwait(false);
        StackConnections connections = await ConnectionsAsync(now, table, rows, cancellationToken).ConfigureAwait(false);
        PublishSettings settings = request.Settings with { Alias = request.Settings.Alias ?? connections.OnlyAlias, Tags = TagsOf(now) };
        Warn(connections, settings);

        FunctionFacts facts = await new PublicationFacts(session, settings, time).ReadAsync(now, table, rows, cancellationToken).ConfigureAwait(false);
        facts = facts with { Mappings = request.Targets ?? facts.Mappings, Sources = connections.Sources, EventDestinations = connections.EventDestinations };
        return new FunctionStack
        {
            Facts = facts,
            Function = FunctionOf(now, settings, facts.RoleArn, connections),
            ReservedConcurrency = (settings.ReservedConcurrency ?? now.ReservedConcurrency) is >= 0 and var reserved ? reserved : null,
            Alias = settings.Alias,
            Table = Arn.Looks(table) ? null : NewTable.Of(table, settings),
            LogRetentionDays = settings.LogRetentionDays ?? await RetentionAsync(now, facts.LogGroup!, cancellationToken).ConfigureAwait(false),
            Policies = await PoliciesAsync(facts, settings, cancellationToken).ConfigureAwait(false),
            Connections = connections,
        };
    }

    private async Task<StackConnections> ConnectionsAsync(DeployedFunction now, string table, IReadOnlyList<TargetRow> rows, CancellationToken cancellationToken)
    {
        StackConnections deployed = now.Configuration is { } configuration
            ? await new ReadConnections(session, request.Settings, configuration, table, time, warn).ReadAsync([.. rows.Select(static r => r.SourceArn)], cancellationToken).ConfigureAwait(false)
            : StackConnections.None;
        StackConnections connections = request.Sources is { } wanted ? WantedConnections.Of(wanted, deployed, request.Settings.Alias) : deployed;
        return now.IsUpgrade ? connections.Reporting() : connections;
    }

    private CreateFunctionRequest FunctionOf(DeployedFunction now, PublishSettings settings, string roleArn, StackConnections connections)
    {
        CreateFunctionRequest function = now.Configuration is { } configuration
            ? StackFunction.Of(configuration, new FunctionConfigurations(session, settings.Function, time).Readable(configuration), now.IsUpgrade, settings, roleArn, connections.Report)
            : NewFunction.Of(settings, roleArn, connections.Report);

        // As Connect-FanOutSource does it: only where all event source mappings ask for the answer, and those of a function as it is stay as they are.
        if ((request.Sources is not null || now.IsUpgrade) && connections is { Streams.Count: > 0, Report: true }
            && settings.Environment?.ContainsKey(FunctionVariables.BatchItemFailures) != true)
        {
            function.Environment!.Variables![FunctionVariables.BatchItemFailures] = "true";
        }

        return function;
    }

    // Everything that is made has the function's tags, and the one by which the module knows its own. Those of AWS itself cannot be set.
    private Dictionary<string, string> TagsOf(DeployedFunction now)
    {
        Dictionary<string, string> tags = now.Tags
            .Where(static t => !t.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase) && t.Key != DeploymentTags.Upgrading).ToDictionary();
        foreach ((string key, string value) in request.Settings.Tags ?? new Dictionary<string, string>())
        {
            tags[key] = value;
        }

        return tags;
    }

    private void Warn(StackConnections connections, PublishSettings settings)
    {
        string[] others = [.. connections.Qualifiers.OfType<string>().Where(q => q != settings.Alias)];
        if (others.Length > 0)
        {
            warn($"Sources call {string.Join(", ", others)} of the function {settings.Name}, which the template does not make: deploy it where that is there, or connect these sources with the function itself or with its alias.");
        }
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
            // The template makes it.
        }

        return rows;
    }

    private async Task<int?> RetentionAsync(DeployedFunction now, string logGroup, CancellationToken cancellationToken)
    {
        try
        {
            return now.Configuration is null ? null : (await PublishLogGroup.FindAsync(session, logGroup, cancellationToken).ConfigureAwait(false))?.RetentionInDays;
        }
        catch (AmazonServiceException e) when (e.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            warn($"How long the logs of {logGroup} are kept cannot be read as {session.Identity}: in the template it is for ever, unless you give -LogRetentionDays. {e.Message}");
            return null;
        }
    }

    // A role that somebody else made cannot be made by the template, and its policies are its owner's.
    private async Task<IReadOnlyList<RolePolicy>?> PoliciesAsync(FunctionFacts facts, PublishSettings settings, CancellationToken cancellationToken)
    {
        if (Arn.Looks(settings.Role))
        {
            return null;
        }

        var policies = new RolePolicies(session, facts.RoleArn, settings.Name, time);
        string? inline = null;
        try
        {
            Role? role = await PublishRole.FindAsync(session, PublishRole.NameOf(facts.RoleArn), cancellationToken).ConfigureAwait(false);
            if (role is not null && !role.Tags.IsOf(settings.Name))
            {
                warn($"The template names the role {facts.RoleArn} and does not make it: it was not made for the function {settings.Name} (tag {DeploymentTags.Function}). "
                    + "Get-FanOutPolicy shows what it must be allowed; -Role with another name lets the template make a role.");
                return null;
            }

            inline = role is null ? null : await policies.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonServiceException e) when (e.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            warn($"The role {facts.RoleArn} cannot be read as {session.Identity}: the template makes a role of this name. {e.Message}");
        }

        return (await policies.CompareAsync(inline, facts, settings.ResourceKeys, warn, cancellationToken).ConfigureAwait(false)).Parts;
    }
}
