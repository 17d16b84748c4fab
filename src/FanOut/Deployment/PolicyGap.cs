using System.Text.Json.Nodes;
using FanOut.Deployment.Policies;

namespace FanOut.Deployment;

/// <summary>How the module's policies of a role differ from what the function needs now.</summary>
/// <param name="RoleName">The role.</param>
/// <param name="PolicyName">The name of the module's inline policy.</param>
/// <param name="Changes">The changes that make them equal; empty: they are, as far as the role can have them.</param>
/// <param name="Now">The policies as they are.</param>
/// <param name="Wanted">Everything that the role must be allowed.</param>
/// <param name="Parts">The policies as they should be, including those that are too many for a role.</param>
internal sealed record PolicyGap(
    string RoleName, string PolicyName, IReadOnlyList<Change> Changes, IReadOnlyList<string> Now, PolicyDocument Wanted, IReadOnlyList<RolePolicy> Parts)
{
    /// <summary>The keys of AWS KMS that the policies allow now.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Whether only the inline policy exists, and only that is wanted.</summary>
    public bool IsOfOne => Parts.Count == 1 && Now.Count <= 1;

    /// <summary>Whether the changes only take permissions away: the role is allowed everything that it must be, and perhaps more.</summary>
    public bool IsNarrower => Lacking.Statements.Count == 0;

    /// <summary>The statements that no policy has yet, as a policy document. Statements that are no longer needed are not in it.</summary>
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

    /// <summary>The statements that do not fit into the policies that a role may have, as a policy document; null: all fit.</summary>
    public string? Unplaced => Parts.Count <= SplitPolicy.Most
        ? null : new PolicyDocument([.. Parts.Skip(SplitPolicy.Most).SelectMany(static p => p.Document.Statements)]).Json;

    // The effect, actions and conditions of each statement, paired with each of its resources.
    private static IEnumerable<(string What, string Resource)> Pairs(string policy) =>
        from statement in (JsonNode.Parse(policy)?["Statement"] as JsonArray ?? []).OfType<JsonObject>()
        let what = $"{statement["Effect"]} {statement["Action"]?.ToJsonString()} {statement["Condition"]?.ToJsonString()}"
        from resource in statement["Resource"] as JsonArray ?? [statement["Resource"]?.DeepClone()]
        select (what, $"{resource}");
}
