using System.Collections.Concurrent;
using System.Globalization;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Policies;

namespace FanOut.LocalCloud.Iam;

/// <summary>Identity and Access Management: roles and policies. They are enforced with <see cref="CloudOptions.EnforcePolicies"/>.</summary>
public sealed class IamService : IService
{
    internal const string Namespace = "https://iam.amazonaws.com/doc/2010-05-08/";

    private readonly ConcurrentDictionary<(string AccountId, string Name), IamRole> _roles = new();
    private readonly ConcurrentDictionary<(string AccountId, string Name), IamPolicy> _policies = new();
    private readonly CloudOptions _options;
    private readonly OperationTable _operations;
    private int _made;

    internal IamService(CloudOptions options)
    {
        _options = options;
        RoleOperations roles = new(this);
        RoleTagOperations tags = new(this);
        InlinePolicyOperations inline = new(this);
        AttachedPolicyOperations attached = new(this);
        PolicyOperations policies = new(this);
        PolicyVersionOperations versions = new(this, options.TimeProvider);
        SimulationOperations simulation = new(this);
        _operations = new()
        {
            ["CreateRole"] = roles.Create,
            ["GetRole"] = roles.Get,
            ["ListRoles"] = roles.List,
            ["DeleteRole"] = roles.Delete,
            ["UpdateAssumeRolePolicy"] = roles.UpdateAssumeRolePolicy,
            ["TagRole"] = tags.Tag,
            ["UntagRole"] = tags.Untag,
            ["ListRoleTags"] = tags.List,
            ["PutRolePolicy"] = inline.Put,
            ["GetRolePolicy"] = inline.Get,
            ["DeleteRolePolicy"] = inline.Delete,
            ["ListRolePolicies"] = inline.List,
            ["AttachRolePolicy"] = attached.Attach,
            ["DetachRolePolicy"] = attached.Detach,
            ["ListAttachedRolePolicies"] = attached.List,
            ["CreatePolicy"] = policies.Create,
            ["GetPolicy"] = policies.Get,
            ["ListPolicies"] = policies.List,
            ["DeletePolicy"] = policies.Delete,
            ["CreatePolicyVersion"] = versions.Create,
            ["GetPolicyVersion"] = versions.Get,
            ["ListPolicyVersions"] = versions.List,
            ["DeletePolicyVersion"] = versions.Delete,
            ["SimulatePrincipalPolicy"] = simulation.Simulate,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["iam"];

    /// <summary>All roles of all accounts.</summary>
    public IReadOnlyCollection<IamRole> Roles => [.. _roles.Values];

    /// <summary>All managed policies of all accounts, without those of AWS.</summary>
    public IReadOnlyCollection<IamPolicy> Policies => [.. _policies.Values];

    /// <summary>Makes a role.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="assumeRolePolicy">Its trust policy.</param>
    /// <param name="path">Its path; <c>/</c>, the default, for none.</param>
    /// <param name="accountId">Its account; null, the default, for the cloud's.</param>
    /// <exception cref="ServiceException">
    /// EntityAlreadyExists; MalformedPolicyDocument: IAM would not accept the policy; UnsupportedByStandIn: it cannot be evaluated here.
    /// </exception>
    public IamRole CreateRole(string name, string assumeRolePolicy, string path = "/", string? accountId = null) =>
        CreateRole(name, ParsedPolicy.OfTrust(assumeRolePolicy), path, ArnText.Partition(_options.Region), accountId ?? _options.AccountId);

    /// <summary>The role with this ARN, or with this name in the cloud's own account; null when there is none.</summary>
    public IamRole? Find(string nameOrArn)
    {
        ArgumentNullException.ThrowIfNull(nameOrArn);
        string account = nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? ArnText.Part(nameOrArn, 4) : _options.AccountId;
        return Find(account, DestinationName.Short(nameOrArn));
    }

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return new CallSubject(
            serviceCall.NamedOperation(),
            serviceCall.Form.Text("RoleName") is { } name
                ? Find(serviceCall.AccountId, name)?.Arn ?? ArnOf(ArnText.Partition(serviceCall.Region), serviceCall.AccountId, serviceCall.Form.Text("Path") ?? "/", name)
                : serviceCall.Form.Text("PolicyName") is { } policy
                ? PolicyArnOf(serviceCall, serviceCall.Form.Text("Path") ?? "/", policy)
                : serviceCall.Form.Text("PolicyArn") ?? serviceCall.Form.Text("PolicySourceArn"));
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken) =>
        _operations.AnswerAsync(serviceCall, cancellationToken);

    internal IamRole CreateRole(string name, ParsedPolicy trust, string path, string partition, string accountId)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"AROA{Interlocked.Increment(ref _made):D6}").PadRight(21, 'Q');
        IamRole role = new(ArnOf(partition, accountId, path, name), id, trust, _options.TimeProvider.GetUtcNow(), _options.CallsUntilRoleIsAssumable);
        return _roles.TryAdd(KeyOf(accountId, name), role)
            ? role
            : throw new ServiceException("EntityAlreadyExists", $"Role with name {name} already exists.", 409);
    }

    internal IamPolicy CreatePolicy(ServiceCall call, string name, string path, ParsedPolicy document, string? description, IReadOnlyDictionary<string, string> tags)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"ANPA{Interlocked.Increment(ref _made):D6}").PadRight(21, 'Q');
        IamPolicy policy = new(PolicyArnOf(call, path, name), id, document, _options.TimeProvider.GetUtcNow()) { Description = description, Tags = tags };
        return _policies.TryAdd(KeyOf(call.AccountId, name), policy)
            ? policy
            : throw new ServiceException("EntityAlreadyExists", $"A policy called {name} already exists. Duplicate names are not allowed.", 409);
    }

    internal IamPolicy ResolvePolicy(ServiceCall call)
    {
        string arn = call.Form.RequiredText("PolicyArn");
        return FindPolicy(arn) ?? throw NoSuchEntity($"Policy {arn} was not found.");
    }

    /// <summary>Gives the current document of a managed policy each time it is called; null: there is no such policy.</summary>
    internal Func<ParsedPolicy>? Documents(string arn) =>
        FindPolicy(arn) is { } policy ? () => policy.Default : AwsManagedPolicies.Find(arn) is { } document ? () => document : null;

    internal int CountAttached(IamPolicy policy) => _roles.Values.Count(role => role.AttachedPolicies.Contains(policy.Arn));

    internal void Remove(IamPolicy policy) => _policies.TryRemove(KeyOf(ArnText.Part(policy.Arn, 4), policy.Name), out _);

    internal void Remove(IamRole role) => _roles.TryRemove(KeyOf(ArnText.Part(role.Arn, 4), role.Name), out _);

    internal IamRole Resolve(ServiceCall call)
    {
        string name = call.Form.RequiredText("RoleName");
        return Find(call.AccountId, name) ?? throw NoSuchEntity($"The role with name {name} cannot be found.");
    }

    internal static ServiceException NoSuchEntity(string message) => new("NoSuchEntity", message, 404);

    private IamRole? Find(string accountId, string name) => _roles.GetValueOrDefault(KeyOf(accountId, name));

    private IamPolicy? FindPolicy(string arn) =>
        _policies.GetValueOrDefault(KeyOf(ArnText.Part(arn, 4), DestinationName.Short(arn))) is { } policy && policy.Arn == arn ? policy : null;

    // Names that differ only in case are the same.
    private static (string AccountId, string Name) KeyOf(string accountId, string name) => (accountId, name.ToUpperInvariant());

    private static string PolicyArnOf(ServiceCall call, string path, string name) =>
        $"arn:{ArnText.Partition(call.Region)}:iam::{call.AccountId}:policy{path}{name}";

    private static string ArnOf(string partition, string accountId, string path, string name) => $"arn:{partition}:iam::{accountId}:role{path}{name}";
}
