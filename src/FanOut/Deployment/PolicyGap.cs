using System.Text.Json.Nodes;
using FanOut.Deployment.Policies;

namespace FanOut.Deployment;

/// <summary>What a role's policies of ours say otherwise than the function needs by now.</summary>
/// <param name="RoleName">The role.</param>
/// <param name="PolicyName">Its inline policy of ours.</param>
/// <param name="Changes">What brings them in step; none: they are, as far as the role can have them.</param>
/// <param name="Now">The policies as they are.</param>
/// <param name="Wanted">All that the role must be allowed.</param>
/// <param name="Parts">The policies as they should be, also those that no role can have.</param>
internal sealed record PolicyGap(
    string RoleName, string PolicyName, IReadOnlyList<Change> Changes, IReadOnlyList<string> Now, PolicyDocument Wanted, IReadOnlyList<RolePolicy> Parts)
{
    /// <summary>Whether there is the inline policy alone, and is to be.</summary>
    public bool IsOfOne => Parts.Count == 1 && Now.Count <= 1;

    /// <summary>Whether the role is allowed all that it must be, and perhaps more.</summary>
    public bool IsNarrower => Lacking.Statements.Count == 0;

    /// <summary>The statements that are in no policy yet, as a policy; those that are in one without need are not told.</summary>
    public string Missing => Lacking.Json;

    private PolicyDocument Lacking
    {
        get
        {
            HashSet<(string, string)> there = [.. Now.SelectMany(Pairs)];
            return new PolicyDocument([.. Wanted.Statements
                .Select(s => s with { Resources = [.. s.Resources.Where(r => !Pairs(new PolicyDocument([s with { Resources = [r] }]).Json).All(there.Contains))] })
                .Where(static s => s.Resources.Count > 0)]);
        }
    }

    /// <summary>The statements that no policy of the role has room for, as a policy; none: all have.</summary>
    public string? Homeless => Parts.Count <= SplitPolicy.Most
        ? null : new PolicyDocument([.. Parts.Skip(SplitPolicy.Most).SelectMany(static p => p.Document.Statements)]).Json;

    // What is allowed under which conditions, and where.
    private static IEnumerable<(string What, string Resource)> Pairs(string policy) =>
        from statement in (JsonNode.Parse(policy)?["Statement"] as JsonArray ?? []).OfType<JsonObject>()
        let what = $"{statement["Effect"]} {statement["Action"]?.ToJsonString()} {statement["Condition"]?.ToJsonString()}"
        from resource in statement["Resource"] as JsonArray ?? [statement["Resource"]?.DeepClone()]
        select (what, $"{resource}");
}
