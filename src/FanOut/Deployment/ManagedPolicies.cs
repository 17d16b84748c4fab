using System.Globalization;
using System.Net;
using FanOut.Aws.IdentityManagement;
using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Engine.Mappings;

namespace FanOut.Deployment;

/// <summary>The managed policies of a function's role, <c>FanOut-(function)-2</c> and so on, with the statements that do not fit into the inline policy.</summary>
/// <param name="session">Who calls.</param>
/// <param name="roleArn">The role's ARN, which also gives the account of the policies; for <see cref="ReadAllAsync"/> its name is enough.</param>
/// <param name="function">The function's name.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class ManagedPolicies(AwsSession session, string roleArn, string function, TimeProvider time)
{
    /// <summary>The path of all managed policies that the module makes.</summary>
    public const string Path = "/fanout/";

    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    private const int MostVersions = 5;

    // IAM's changes take effect everywhere within seconds; after a minute something else is wrong.
    private static readonly TimeSpan Propagation = TimeSpan.FromMinutes(1);

    private readonly string _role = PublishRole.NameOf(roleArn);
    private readonly string _resource = $":policy{Path}{SplitPolicy.NameOf(function)}-";

    /// <summary>The user's tags for policies that are created; null: none.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    private AmazonIdentityManagementServiceClient Client => session.Iam();

    /// <summary>The description of a policy that is made for a function.</summary>
    public static string DescriptionOf(string function) => $"What the fan-out function {function} may do, as far as its role's inline policy has no room for it";

    /// <summary>The policies as they are in IAM; only reads.</summary>
    /// <param name="wanted">How many policies the role is to have, counting the inline one.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The wanted policies, whether they exist or not, then those that the role has but no longer needs.</returns>
    public async Task<IReadOnlyList<ManagedPolicyState>> ReadAsync(int wanted, CancellationToken cancellationToken)
    {
        HashSet<string> attached = [.. await AttachedAsync(_role, wanted > 1, cancellationToken).ConfigureAwait(false)];
        List<ManagedPolicyState> found = [];
        foreach (string arn in Enumerable.Range(2, wanted - 1).Select(ArnOf).Concat(attached.Where(a => NumberOf(a) > wanted).OrderByDescending(NumberOf)))
        {
            ManagedPolicyState policy = await FindAsync(arn, attached.Contains(arn) ? [_role] : [], cancellationToken).ConfigureAwait(false);
            found.Add(NumberOf(arn) > wanted ? await ReadDisposabilityAsync(policy, cancellationToken).ConfigureAwait(false) : policy);
        }

        return found;
    }

    /// <summary>All managed policies that were made for the function, attached to a role or not; only reads.</summary>
    /// <param name="roles">The names of the function's roles.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<ManagedPolicyState>> ReadAllAsync(IEnumerable<string> roles, CancellationToken cancellationToken)
    {
        List<(string Role, string Arn)> attached = [];
        foreach (string role in roles)
        {
            attached.AddRange((await AttachedAsync(role, isNeeded: false, cancellationToken).ConfigureAwait(false)).Select(a => (role, a)));
        }

        List<ManagedPolicyState> found = [];
        foreach (string arn in attached.Select(static a => a.Arn).Union(await OwnAsync(cancellationToken).ConfigureAwait(false)).Where(a => NumberOf(a) > 1).OrderBy(NumberOf))
        {
            ManagedPolicyState policy = await FindAsync(arn, [.. attached.Where(a => a.Arn == arn).Select(static a => a.Role)], cancellationToken).ConfigureAwait(false);
            found.Add(await ReadDisposabilityAsync(policy, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    /// <summary>The changes after which a policy exists with the wanted document and is attached to the role.</summary>
    public IReadOnlyList<Change> PlanPut(ManagedPolicyState now, RolePolicy wanted)
    {
        List<Change> changes = [];
        string target = $"policy {now.Name}";
        if (now.Document is null)
        {
            changes.Add(new(target, "Create", c => Client.CreatePolicyAsync(
                new CreatePolicyRequest
                {
                    PolicyName = now.Name,
                    Path = Path,
                    PolicyDocument = wanted.Document.Json,
                    Description = DescriptionOf(function),
                    Tags = [.. DeploymentTags.Of(function, Tags).Select(static t => new Tag { Key = t.Key, Value = t.Value })],
                },
                c)));
        }
        else if (!RolePolicies.AreSame(now.Document, wanted.Document.Json))
        {
            if (now.Versions.Count >= MostVersions)
            {
                changes.Add(DeleteVersion(now, now.Versions.First(static v => v.IsDefaultVersion != true).VersionId!));
            }

            changes.Add(new(target, "Put a new version", c => Client.CreatePolicyVersionAsync(
                new CreatePolicyVersionRequest { PolicyArn = now.Arn, PolicyDocument = wanted.Document.Json, SetAsDefault = true }, c)));
        }

        if (!now.IsAttached)
        {
            changes.Add(new($"role {_role}", $"Attach the policy {now.Name}", c => Retry.WhileAsync(
                d => Client.AttachRolePolicyAsync(new AttachRolePolicyRequest { RoleName = _role, PolicyArn = now.Arn }, d),
                static e => e.ErrorCode == "NoSuchEntity", Propagation, time, c)));
        }

        return changes;
    }

    /// <summary>The changes that detach a policy from the function's roles, and delete it unless others use it too.</summary>
    public IEnumerable<Change> PlanRemoval(ManagedPolicyState now)
    {
        foreach (string role in now.Roles)
        {
            yield return new($"role {role}", $"Detach the policy {now.Name}", c => Client.DetachRolePolicyAsync(
                new DetachRolePolicyRequest { RoleName = role, PolicyArn = now.Arn }, c));
        }

        if (now.IsDisposable)
        {
            foreach (PolicyVersion version in now.Versions.Where(static v => v.IsDefaultVersion != true))
            {
                yield return DeleteVersion(now, version.VersionId!);
            }

            yield return new($"policy {now.Name}", "Delete", c => Client.DeletePolicyAsync(new DeletePolicyRequest { PolicyArn = now.Arn }, c));
        }
    }

    private Change DeleteVersion(ManagedPolicyState policy, string version) => new($"policy {policy.Name}", $"Delete the version {version}", c =>
        Client.DeletePolicyVersionAsync(new DeletePolicyVersionRequest { PolicyArn = policy.Arn, VersionId = version }, c));

    private async Task<IEnumerable<string>> AttachedAsync(string role, bool isNeeded, CancellationToken cancellationToken)
    {
        try
        {
            return await new AllRolePolicies(session, role).AttachedAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonIdentityManagementServiceException e) when (e.ErrorCode == "NoSuchEntity" || (!isNeeded && e.StatusCode == HttpStatusCode.Forbidden))
        {
            // There is no such role yet; or no managed policy is needed, and then the user need not be allowed to list them.
            return [];
        }
    }

    private async Task<List<string>> OwnAsync(CancellationToken cancellationToken)
    {
        List<string> arns = [];
        try
        {
            string? marker = null;
            do
            {
                ListPoliciesResponse page = await Client.ListPoliciesAsync(
                    new ListPoliciesRequest { Scope = "Local", PathPrefix = Path, Marker = marker }, cancellationToken).ConfigureAwait(false);
                arns.AddRange((page.Policies ?? []).Select(static p => p.Arn!));
                marker = page.Marker;
            }
            while (marker is not null);
        }
        catch (AmazonIdentityManagementServiceException e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            // The user may not list policies. Those that are attached to the role are known all the same.
        }

        return arns;
    }

    private async Task<ManagedPolicyState> FindAsync(string arn, string[] roles, CancellationToken cancellationToken)
    {
        try
        {
            List<PolicyVersion> versions = [];
            string? marker = null;
            do
            {
                ListPolicyVersionsResponse page = await Client.ListPolicyVersionsAsync(
                    new ListPolicyVersionsRequest { PolicyArn = arn, Marker = marker }, cancellationToken).ConfigureAwait(false);
                versions.AddRange(page.Versions ?? []);
                marker = page.Marker;
            }
            while (marker is not null);
            string now = versions.First(static v => v.IsDefaultVersion == true).VersionId!;
            PolicyVersion? version = (await Client.GetPolicyVersionAsync(
                new GetPolicyVersionRequest { PolicyArn = arn, VersionId = now }, cancellationToken).ConfigureAwait(false)).PolicyVersion;
            return new(arn, version?.Document ?? "", [.. versions.OrderBy(static v => int.Parse(v.VersionId![1..], CultureInfo.InvariantCulture))], roles);
        }
        catch (AmazonIdentityManagementServiceException e) when (e.ErrorCode == "NoSuchEntity")
        {
            return new(arn, null, [], roles);
        }
    }

    private async Task<ManagedPolicyState> ReadDisposabilityAsync(ManagedPolicyState policy, CancellationToken cancellationToken)
    {
        if (policy.Document is null)
        {
            return policy;
        }

        ManagedPolicy? found = (await Client.GetPolicyAsync(new GetPolicyRequest { PolicyArn = policy.Arn }, cancellationToken).ConfigureAwait(false)).Policy;
        return policy with { IsDisposable = found?.Tags.IsOf(function) == true && (found.AttachmentCount ?? 0) <= policy.Roles.Count };
    }

    private string ArnOf(int number) => Arn.TryParse(roleArn, out Arn? role)
        ? string.Create(CultureInfo.InvariantCulture, $"arn:{role.Partition}:iam::{role.Account}{_resource}{number}")
        : throw new ArgumentException($"'{roleArn}' is no ARN.");

    // 2 and up for the function's managed policies; 0 for a policy that is not the function's.
    private int NumberOf(string arn) => arn.IndexOf(_resource, StringComparison.Ordinal) is >= 0 and var at
        && int.TryParse(arn.AsSpan(at + _resource.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
