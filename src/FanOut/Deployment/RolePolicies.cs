using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.Aws.IdentityManagement;
using FanOut.Credentials;
using FanOut.Deployment.Policies;
using FanOut.Errors;

namespace FanOut.Deployment;

/// <summary>The module's own policies of a function's role. The role's other policies are never touched, so that several functions may share a role.</summary>
/// <param name="session">Who calls.</param>
/// <param name="roleArn">The role's ARN.</param>
/// <param name="function">The function's name.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class RolePolicies(AwsSession session, string roleArn, string function, TimeProvider time)
{
    private readonly string _role = PublishRole.NameOf(roleArn);

    /// <summary>The inline policy's name.</summary>
    public string Name { get; } = SplitPolicy.NameOf(function);

    /// <summary>The user's tags for policies that are created; null: none.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    private AmazonIdentityManagementServiceClient Client => session.Iam();

    /// <summary>The inline policy as it is now; null: the role does not have it, or does not exist.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await Client.GetRolePolicyAsync(
                new GetRolePolicyRequest { RoleName = _role, PolicyName = Name }, cancellationToken).ConfigureAwait(false)).PolicyDocument;
        }
        catch (AmazonIdentityManagementServiceException e) when (e.ErrorCode == "NoSuchEntity")
        {
            return null;
        }
    }

    /// <summary>Gives the role the inline policy, or replaces it.</summary>
    public Task PutAsync(string document, CancellationToken cancellationToken) => Client.PutRolePolicyAsync(
        new PutRolePolicyRequest { RoleName = _role, PolicyName = Name, PolicyDocument = document }, cancellationToken);

    /// <summary>Compares the policies with what a function needs, the keys of what it reads and writes included; only reads.</summary>
    /// <param name="inline">The inline policy as it is now.</param>
    /// <param name="facts">The facts that decide which permissions are needed.</param>
    /// <param name="givenKeys">ARNs of keys that are needed beside those that are found; null: those that the policies allow already.</param>
    /// <param name="warn">Writes a warning.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FanOutException">PolicyTooLarge.</exception>
    public async Task<PolicyGap> CompareAsync(
        string? inline, FunctionFacts facts, IReadOnlyList<string>? givenKeys, Action<string> warn, CancellationToken cancellationToken)
    {
        FoundKeys found = await new FindKeys(session).OfAsync(ExecutionPolicy.Of(facts), cancellationToken).ConfigureAwait(false);
        PolicyGap gap = await CompareAsync(
            inline, keys => ExecutionPolicy.Of(facts with { Keys = [.. (givenKeys ?? keys).Union(found.Keys)] }), cancellationToken).ConfigureAwait(false);
        if (found.Warning is { } unknown)
        {
            warn(unknown);
        }

        return gap.Unplaced is { } unplaced ? throw FanOutError.PolicyTooLarge(roleArn, gap.Wanted.Size, unplaced) : gap;
    }

    /// <summary>Compares the policies with what is wanted; only reads.</summary>
    /// <param name="inline">The inline policy as it is now.</param>
    /// <param name="wanted">Everything that the role must be allowed, when it is allowed to use some keys of AWS KMS already.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<PolicyGap> CompareAsync(string? inline, Func<IReadOnlyList<string>, PolicyDocument> wanted, CancellationToken cancellationToken)
    {
        var managed = new ManagedPolicies(session, roleArn, function, time) { Tags = Tags };
        IReadOnlyList<string> keys = KeyGrants.In(inline is null ? [] : [inline]);
        IReadOnlyList<ManagedPolicyState> now;
        PolicyDocument document;
        IReadOnlyList<RolePolicy> all;
        string[] documents;
        do
        {
            document = wanted(keys);
            all = SplitPolicy.OfFunction(function, document);
            now = await managed.ReadAsync(Math.Min(all.Count, SplitPolicy.Most), cancellationToken).ConfigureAwait(false);
            documents = [.. inline is null ? [] : new[] { inline }, .. now.Where(static p => p.IsAttached).Select(static p => p.Document).OfType<string>()];
        }
        while (HasMore(documents, ref keys));

        return Compare(inline, document, all, managed, now, documents) with { Keys = keys };
    }

    // Keys may stand in a managed policy too, which is read only when it is known how many there are.
    private static bool HasMore(string[] documents, ref IReadOnlyList<string> keys)
    {
        IReadOnlyList<string> all = KeyGrants.In(documents);
        bool hasMore = all.Count > keys.Count;
        keys = all;
        return hasMore;
    }

    private PolicyGap Compare(
        string? inline, PolicyDocument document, IReadOnlyList<RolePolicy> all, ManagedPolicies managed, IReadOnlyList<ManagedPolicyState> now, string[] documents)
    {
        RolePolicy[] wanted = [.. all.Take(SplitPolicy.Most)];

        // A statement that moves from one policy to another must be in both for a moment rather than in none. So if statements move to later policies,
        // those are put first.
        bool isGrowing = wanted.Sum(static p => p.Document.Size) >= documents.Sum(static d => d.Count(static c => !char.IsWhiteSpace(c)));
        List<IReadOnlyList<Change>> parts =
        [
            AreSame(inline, wanted[0].Document.Json) ? [] : [new($"role {_role}", $"Put the policy {Name}", c => PutAsync(wanted[0].Document.Json, c))],
            .. wanted.Skip(1).Select((p, i) => managed.PlanPut(now[i], p)),
        ];
        if (isGrowing)
        {
            parts.Reverse();
        }

        return new PolicyGap(_role, Name, [.. parts.SelectMany(static p => p), .. now.Skip(wanted.Length - 1).SelectMany(managed.PlanRemoval)], documents, document, all);
    }

    /// <summary>Whether two policies are the same JSON, whatever their white space and the order of their members.</summary>
    public static bool AreSame(string? one, string other)
    {
        try
        {
            return one is not null && JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
