using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FanOut.Aws.IdentityManagement;
using FanOut.Credentials;
using FanOut.Deployment.Policies;

namespace FanOut.Deployment;

/// <summary>What a role that is not the module's is allowed, as far as its policies say so; they are only read.</summary>
/// <remarks>
/// Statements with conditions, and those about all but some actions or resources, are not counted; nor are denials, boundaries and the organization's policies. So
/// what it finds missing may be allowed all the same: that is for a warning.
/// </remarks>
/// <param name="session">Who calls.</param>
/// <param name="roleArn">The role's ARN.</param>
internal sealed class ForeignPolicies(AwsSession session, string roleArn)
{
    // A pattern of a policy against one ARN or action; it must not hold the user up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly string _role = PublishRole.NameOf(roleArn);

    /// <summary>Which statements no policy of the role seems to allow.</summary>
    /// <param name="needed">What it must be allowed.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<PolicyDocument> FindMissingAsync(PolicyDocument needed, CancellationToken cancellationToken)
    {
        List<Regex[]> allowed = [];
        var all = new AllRolePolicies(session, _role);
        foreach (string name in await all.InlineAsync(cancellationToken).ConfigureAwait(false))
        {
            GetRolePolicyResponse inline = await session.Iam().GetRolePolicyAsync(new GetRolePolicyRequest { RoleName = _role, PolicyName = name }, cancellationToken).ConfigureAwait(false);
            allowed.AddRange(Read(inline.PolicyDocument));
        }

        foreach (string arn in await all.AttachedAsync(cancellationToken).ConfigureAwait(false))
        {
            ManagedPolicy? policy = (await session.Iam().GetPolicyAsync(new GetPolicyRequest { PolicyArn = arn }, cancellationToken).ConfigureAwait(false)).Policy;
            if (policy?.DefaultVersionId is { } version)
            {
                GetPolicyVersionResponse managed =
                    await session.Iam().GetPolicyVersionAsync(new GetPolicyVersionRequest { PolicyArn = arn, VersionId = version }, cancellationToken).ConfigureAwait(false);
                allowed.AddRange(Read(managed.PolicyVersion?.Document));
            }
        }

        bool IsAllowed(string action, string resource) => allowed.Exists(pair => pair[0].IsMatch(action) && pair[1].IsMatch(resource));
        return new PolicyDocument([.. needed.Statements
            .Select(s => s with { Resources = [.. s.Resources.Where(r => !s.Actions.All(a => IsAllowed(a, r)))] })
            .Where(static s => s.Resources.Count > 0)]);
    }

    // Each allowed action with each of its resources.
    private static IEnumerable<Regex[]> Read(string? document)
    {
        JsonNode? policy;
        try
        {
            policy = JsonNode.Parse(document ?? "{}");
        }
        catch (JsonException)
        {
            yield break;
        }

        JsonNode? statements = (policy as JsonObject)?["Statement"];
        foreach (JsonObject statement in Many(statements).OfType<JsonObject>().Where(static s => $"{s["Effect"]}" == "Allow" && s["Condition"] is null))
        {
            foreach (JsonNode? action in Many(statement["Action"]))
            {
                foreach (JsonNode? resource in Many(statement["Resource"]))
                {
                    yield return [Pattern($"{action}", RegexOptions.IgnoreCase), Pattern($"{resource}", RegexOptions.None)];
                }
            }
        }
    }

    private static IEnumerable<JsonNode?> Many(JsonNode? node) => node switch
    {
        null => Enumerable.Empty<JsonNode?>(),
        JsonArray list => list,
        _ => Enumerable.Repeat(node, 1),
    };

    private static Regex Pattern(string text, RegexOptions options) => new(
        $"^{Regex.Escape(text).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}$",
        options | RegexOptions.CultureInvariant | RegexOptions.Singleline, Patience);
}
