using Amazon.SecurityToken.Model;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Deployment.Policies;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Inspection.Policies;
using FanOut.Inspection.Resources;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Inspection;

/// <summary>Looks at all that a target depends on in AWS; what targets share is looked at once. Nothing is changed.</summary>
/// <param name="session">The caller, in the function's region.</param>
/// <param name="function">The function.</param>
/// <param name="table">The table that the user named; null: the function's own.</param>
/// <param name="time">The clock.</param>
/// <param name="topics">The topics of a function.</param>
internal sealed class InspectTarget(AwsSession session, FunctionDestination function, string? table, TimeProvider time, Func<FunctionConfiguration, TopicConnections> topics)
{
    private static readonly string[] UseOfKey = ["kms:GenerateDataKey", "kms:Decrypt"];

    private readonly InspectResources _resources = new(function.Name, session.Region);
    private readonly InspectTrust _trust = new(function.Name, session.Region);
    private readonly InspectPermissions _permissions = new(function.Name, session.Region);
    private readonly InspectConnection _connection = new(function.Name, session.Region);
    private readonly InspectNetwork _network = new(session, function.Name);
    private readonly Dictionary<(string, string?), (Viewer? AsRole, string? Refusal)> _roles = [];
    private readonly Dictionary<string, ResourceFacts> _sources = [];
    private readonly Dictionary<string, SourceConnections> _connections = [];
    private readonly Dictionary<string, RolePermissions> _rolePermissions = [];
    private readonly Dictionary<AwsSession, InspectCollectionPolicies> _collectionPolicies = [];
    private Viewer? _caller;
    private Seen<FunctionConfiguration>? _function;
    private bool? _isModules;

    /// <summary>The caller, in the function's region.</summary>
    public AwsSession Session => session;

    /// <summary>The function as it is.</summary>
    public async Task<Seen<FunctionConfiguration>> FunctionAsync(CancellationToken cancellationToken) => _function ??= await Look.AtAsync(session, async () =>
        (FunctionConfiguration?)await session.Lambda().GetFunctionConfigurationAsync(
            new GetFunctionConfigurationRequest { FunctionName = function.FunctionName, Qualifier = function.Qualifier }, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>The function with its table, and how a source is connected with it.</summary>
    /// <param name="configuration">The function as it is.</param>
    /// <param name="sourceArn">The source.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    public async Task<(ReadSources Function, SourceConnections Connections)> ConnectionsAsync(FunctionConfiguration configuration, string sourceArn, CancellationToken cancellationToken)
    {
        ReadSources read = ReadOf(configuration);
        return (read, await ConnectionsAsync(read, sourceArn, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whether a target's event bus is there: EventBridge takes events for one that is not too, and drops them, so that no record tells.</summary>
    /// <param name="mapping">The target.</param>
    /// <param name="check">The check that asks.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <returns>Null: the target is no event bus.</returns>
    public async Task<Finding?> EventBusAsync(Mapping mapping, string check, CancellationToken cancellationToken)
    {
        if (mapping.Destination is not EventBusDestination bus)
        {
            return null;
        }

        Viewer caller = _caller ??= await ViewerAsync(session, cancellationToken).ConfigureAwait(false);
        (Viewer? asRole, _) = await AsRoleAsync(mapping, cancellationToken).ConfigureAwait(false);
        return (await InspectEventBus.OfAsync((asRole ?? caller).In(mapping.TargetRegion ?? session.Region), check, bus.Arn, cancellationToken).ConfigureAwait(false)).Finding;
    }

    /// <summary>What was found, in the order of a record's way.</summary>
    public async Task<IReadOnlyList<Finding>> OfAsync(Mapping mapping, CancellationToken cancellationToken)
    {
        Viewer caller = _caller ??= await ViewerAsync(session, cancellationToken).ConfigureAwait(false);
        Seen<FunctionConfiguration> seen = await FunctionAsync(cancellationToken).ConfigureAwait(false);
        ReadSources? read = seen.Value is { } configuration ? ReadOf(configuration) : null;
        ResourceFacts source = await SourceAsync(caller, mapping, cancellationToken).ConfigureAwait(false);
        SourceConnections? connections = read is null ? null : await ConnectionsAsync(read, mapping.SourceArn, cancellationToken).ConfigureAwait(false);
        FunctionFacts facts = FactsOf(read, connections, mapping, caller);
        (Viewer? asRole, string? refusal) = await AsRoleAsync(mapping, cancellationToken).ConfigureAwait(false);
        ResourceFacts destination = await _resources.DestinationAsync(asRole ?? caller, mapping, facts.Home, cancellationToken).ConfigureAwait(false);
        ResourceFacts? letters = await _resources.DeadLetterAsync(caller, mapping, facts.Home, cancellationToken).ConfigureAwait(false);
        KeyFacts?[] keys =
        [
            await InspectKeys.OfAsync(caller, source, cancellationToken).ConfigureAwait(false),
            await InspectKeys.OfAsync(asRole ?? caller, destination, cancellationToken).ConfigureAwait(false),
            letters is null ? null : await InspectKeys.OfAsync(caller, letters, cancellationToken).ConfigureAwait(false),
        ];
        facts = facts with { Keys = [.. keys.Select(static k => k?.Arn).OfType<string>().Distinct()] };

        List<Finding> findings =
        [
            source.Finding,
            OfConnection(read, connections, mapping, seen),
            OfFunction(read, seen),
            destination.Finding,
        ];
        string? ownRole = read?.Configuration.Role, sender = TargetRolePolicy.RoleOf(mapping) ?? ownRole;
        findings.AddRange(Keys(keys, ownRole, sender));
        findings.Add(letters?.Finding ?? Finding.Skipped("DeadLetter", "It has none: records that it does not take are reported as failed, and come again from the source."));
        if (await OnFailureAsync(connections, cancellationToken).ConfigureAwait(false) is { } onFailure)
        {
            findings.Add(onFailure);
        }

        if (TargetRolePolicy.RoleOf(mapping) is { } role)
        {
            (Finding trust, IamAnswer? answer) = await _trust.OfAsync(caller, asRole, refusal, mapping, ownRole, cancellationToken).ConfigureAwait(false);
            findings.Add(trust);
            findings.Add(await OwnAsync(facts, ownRole, seen, keys, destination, letters, answer, cancellationToken).ConfigureAwait(false));
            Viewer looks = caller.IsOwner(role) || asRole is null ? caller : asRole;
            findings.Add(await _permissions.OfAsync(
                "TargetRole", PermissionsOf(looks, role), role, TargetRolePolicy.Of(role, facts), PolicyOf(destination, letters, keys), isModules: false, looks.Session.Identity, cancellationToken).ConfigureAwait(false));
        }
        else
        {
            findings.Add(await OwnAsync(facts, ownRole, seen, keys, destination, letters, null, cancellationToken).ConfigureAwait(false));
        }

        if (sender is not null && ownRole is not null)
        {
            PolicyDocument needed = sender == ownRole ? ExecutionPolicy.OfSome([mapping], [], facts.Home) : TargetRolePolicy.Of(sender, facts);
            findings.AddRange(new[]
            {
                InspectResourcePolicy.Of(destination, sender, needed),
                letters is null ? null : InspectResourcePolicy.Of(letters, ownRole, ExecutionPolicy.OfSome([mapping], [], facts.Home)),
                InspectResourcePolicy.Of(source, ownRole, ExecutionPolicy.OfSome([], facts.Sources, facts.Home), "read"),
            }.OfType<Finding>());
        }

        if (destination.Collection is { } collection && mapping.Destination is IndexDestination index && sender is not null)
        {
            InspectCollectionPolicies policies = PoliciesSeenBy((asRole ?? caller).In(mapping.TargetRegion ?? session.Region));
            findings.Add(await policies.DataAccessAsync(collection, index.Index, sender, cancellationToken).ConfigureAwait(false));
            findings.Add(await policies.NetworkAsync(collection, read?.Configuration.VpcConfig is { SubnetIds.Count: > 0 } its ? its : null, cancellationToken).ConfigureAwait(false));
        }

        if (read is not null)
        {
            findings.Add(await _network.OfAsync(read, mapping, cancellationToken).ConfigureAwait(false));
            if (read.Configuration.VpcConfig is { SubnetIds.Count: > 0, SecurityGroupIds.Count: > 0 } vpc && destination.SecurityGroups.Count > 0 && mapping.Destination is CacheDestination cache)
            {
                findings.Add(await new InspectSecurityGroups(session).OfAsync(vpc, destination.SecurityGroups, cache.Port, cancellationToken).ConfigureAwait(false));
            }
        }

        return findings;
    }

    private static Func<string, IamDocument?> PolicyOf(ResourceFacts destination, ResourceFacts? letters, KeyFacts?[] keys) => resource =>
        destination.Arn is { } arn && (resource == arn || resource.StartsWith($"{arn}/", StringComparison.Ordinal)) ? destination.Policy
        : letters?.Arn == resource ? letters.Policy
        : Array.Find(keys, k => k?.Arn == resource)?.Policy;

    private static async Task<Viewer> ViewerAsync(AwsSession session, CancellationToken cancellationToken)
    {
        Seen<GetCallerIdentityResponse> seen = await Look.AtAsync(session, async () =>
            (GetCallerIdentityResponse?)await session.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return new Viewer(session, seen.Value?.Account);
    }

    // The key's own policy must let its users use it, or leave that to their account's policies.
    private static IEnumerable<Finding> Keys(KeyFacts?[] keys, string? ownRole, string? sender)
    {
        string?[] users = [ownRole, sender, ownRole];
        foreach ((KeyFacts key, string? user) in keys.Zip(users).Where(static k => k.First is not null).Select(static k => (k.First!, k.Second)).DistinctBy(static k => (k.Item1.Arn, k.Item1.Finding.Detail)))
        {
            if (key is { Arn: { } arn, Policy: { } policy } && user is not null)
            {
                IamAnswer[] answers = [.. UseOfKey.Select(a => EvaluatePolicies.Of([policy], new IamRequest(user, a, arn)))];
                IamAnswer? refused = Array.Find(answers, static a => a.Decision is IamDecision.Denied or IamDecision.NotAllowed);
                if (refused is not null)
                {
                    yield return Finding.Fail(
                        "Key",
                        $"{key.Finding.Detail} The key's own policy does not let the role {user} use it{(refused.Because is { } because ? $": {because}" : "")}.",
                        $"Add this statement (aws kms put-key-policy --key-id {arn} --policy-name default --policy file://key.json): {{\"Effect\":\"Allow\",\"Principal\":{{\"AWS\":\"{user}\"}},\"Action\":[\"kms:Decrypt\",\"kms:GenerateDataKey\"],\"Resource\":\"*\"}}");
                    continue;
                }

                if (Array.Find(answers, static a => a.Decision == IamDecision.Unknown) is { } unknown)
                {
                    yield return Finding.Warn("Key", $"{key.Finding.Detail} Whether the key's own policy lets the role {user} use it could not be told: {unknown.Because}.", "Look whether that condition holds for the function.");
                    continue;
                }
            }

            yield return key.Finding;
        }
    }

    private async Task<Finding> OwnAsync(
        FunctionFacts facts, string? role, Seen<FunctionConfiguration> seen, KeyFacts?[] keys, ResourceFacts destination, ResourceFacts? letters, IamAnswer? trust, CancellationToken cancellationToken)
    {
        if (role is null)
        {
            return seen.NotSeen("ExecutionRole", "What the function's role may do", "lambda:GetFunctionConfiguration");
        }

        // A role of the same account that names the function's role as trusted may be assumed without that role's being allowed it.
        PolicyDocument needed = ExecutionPolicy.Of(facts with { IsInVpc = false });
        if (trust is { Decision: IamDecision.Allowed, IsDirect: true } && facts.Mappings[0].Role is { } target && EvaluatePolicies.AreOfOneAccount(role, target))
        {
            needed = new PolicyDocument([.. needed.Statements.Where(static s => s.Sid != "AssumeTargetRoles")]);
        }

        return await _permissions.OfAsync(
            "ExecutionRole", PermissionsOf(_caller!, role), role, needed, PolicyOf(destination, letters, keys), await IsModulesAsync(role, cancellationToken).ConfigureAwait(false), session.Identity, cancellationToken).ConfigureAwait(false);
    }

    private InspectCollectionPolicies PoliciesSeenBy(Viewer viewer) => _collectionPolicies.TryGetValue(viewer.Session, out InspectCollectionPolicies? found) ? found
        : _collectionPolicies[viewer.Session] = new InspectCollectionPolicies(viewer);

    private RolePermissions PermissionsOf(Viewer viewer, string role) =>
        _rolePermissions.TryGetValue(role, out RolePermissions? found) ? found : _rolePermissions[role] = new RolePermissions(viewer.Session, role);

    // A role that the module made is the module's also when it has lost the policy.
    private async Task<bool> IsModulesAsync(string role, CancellationToken cancellationToken) => _isModules ??=
        (await Look.AtAsync(session, () => new RolePolicies(session, role, function.Name, time).ReadAsync(cancellationToken)).ConfigureAwait(false)).Value is not null
        || (await Look.AtAsync(session, () => PublishRole.FindAsync(session, PublishRole.NameOf(role), cancellationToken)).ConfigureAwait(false)).Value?.Tags.IsOf(function.Name) == true;

    private FunctionFacts FactsOf(ReadSources? read, SourceConnections? connections, Mapping mapping, Viewer caller)
    {
        FunctionFacts facts = read is not null ? ReadFacts.Of(read, session.Region, connections?.EventSourceMappings ?? [], [])
            : ReadFacts.OfPlanned(function.Name, new AwsLocation(Partition.OfRegion(session.Region).Id, session.Region, function.Account ?? caller.Account ?? ""), table ?? function.Name + "Targets", []);
        return facts with
        {
            LogGroup = read?.Configuration.LoggingConfig?.LogGroup is { Length: > 0 } group ? group : null,
            Mappings = [mapping],
        };
    }

    private async Task<ResourceFacts> SourceAsync(Viewer caller, Mapping mapping, CancellationToken cancellationToken)
    {
        // Which images a table's stream must carry is the mapping's own matter.
        string key = SourceArn.IsOf(SourceKind.DynamoDb, mapping.SourceArn) ? $"{mapping.SourceArn} {mapping.View} {mapping.Filter?.Text}" : mapping.SourceArn;
        return _sources.TryGetValue(key, out ResourceFacts? known) ? known : _sources[key] = await InspectResources.SourceAsync(caller, mapping, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(Viewer? AsRole, string? Refusal)> AsRoleAsync(Mapping mapping, CancellationToken cancellationToken)
    {
        if (TargetRolePolicy.RoleOf(mapping) is not { } role)
        {
            return (null, null);
        }

        if (!_roles.TryGetValue((role, mapping.ExternalId), out (Viewer? AsRole, string? Refusal) known))
        {
            AwsSession assumed = session.AsRole(role, mapping.ExternalId);
            Seen<GetCallerIdentityResponse> seen = await Look.AtAsync(assumed, async () =>
                (GetCallerIdentityResponse?)await assumed.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            _roles[(role, mapping.ExternalId)] = known = seen.Value is { } identity ? (new Viewer(assumed, identity.Account), null) : (null, seen.Error!.Message);
        }

        return known;
    }

    private ReadSources ReadOf(FunctionConfiguration configuration) => new(session, function, time) { Configuration = configuration, Table = table };

    private async Task<SourceConnections> ConnectionsAsync(ReadSources read, string sourceArn, CancellationToken cancellationToken) =>
        _connections.TryGetValue(sourceArn, out SourceConnections? known) ? known
            : _connections[sourceArn] = await SourceConnections.ReadAsync(session, function, read, sourceArn, topics(read.Configuration), time, cancellationToken).ConfigureAwait(false);

    private Finding OfConnection(ReadSources? read, SourceConnections? connections, Mapping mapping, Seen<FunctionConfiguration> seen) =>
        read is null || connections is null ? seen.NotSeen("Connection", "Whether the source is connected", "lambda:GetFunctionConfiguration")
        : connections.NotSeen is { } notSeen ? notSeen
        : _connection.Of(read, mapping, connections.EventSourceMappings, connections.Topic, connections.Described);

    // Where it is gone, nobody is told of what Lambda gives up.
    private async Task<Finding?> OnFailureAsync(SourceConnections? connections, CancellationToken cancellationToken)
    {
        const string Check = "OnFailure";
        if (connections?.Described is not [{ OnFailureDestination: { Length: > 0 } place, SourceArn: var sourceArn }, ..])
        {
            return null;
        }

        try
        {
            return await new CheckFailureDestination(session).FindUncertaintyAsync(place, cancellationToken).ConfigureAwait(false) is { } uncertainty
                ? Finding.Skipped(Check, uncertainty)
                : Finding.Pass(Check, $"Lambda reports to {place} what it gives up.");
        }
        catch (FanOutException e) when (e.ErrorId == "DestinationNotFound")
        {
            return Finding.Fail(
                Check,
                $"{place}, to which Lambda reports what it gives up, does not exist: those records are lost, and nobody is told.",
                RepairCommand.Of("Connect-FanOutSource", "-Force -OnFailureDestination <queue, topic or bucket>", sourceArn, function.Name, session.Region));
        }
    }

    private Finding OfFunction(ReadSources? read, Seen<FunctionConfiguration> seen)
    {
        string publish = $"Publish-FanOutFunction{RepairCommand.FunctionOf(function.Name, session.Region)}";
        if (read is null)
        {
            return seen.IsMissing ? Finding.Fail("Function", $"There is no function {function.Text} in {session.Region}.", publish) : seen.NotSeen("Function", $"Whether the function {function.Text} is there", "lambda:GetFunctionConfiguration");
        }

        string[] problems = [.. FunctionProblems.OfItself(read)];
        return problems.Length > 0 ? Finding.Fail("Function", string.Join(' ', problems), publish)
            : Finding.Pass("Function", $"The function {function.Text} is {read.Configuration.State ?? "there"}, with {read.Configuration.MemorySize} MB and {read.Configuration.Timeout} s.");
    }
}
