using System.Text.Json.Nodes;
using FanOut.Deployment.Policies;

namespace FanOut.Deployment;

/// <summary>What a role's policy says otherwise than the function needs by now.</summary>
/// <param name="RoleName">The role.</param>
/// <param name="Policies">Its policy of ours.</param>
/// <param name="Now">The policy as it is.</param>
/// <param name="Wanted">The policy as it should be.</param>
internal sealed record PolicyGap(string RoleName, RolePolicies Policies, string Now, PolicyDocument Wanted)
{
    /// <summary>The statements that are not in the policy yet, as a policy; those that are in it without need are not told.</summary>
    public string Missing
    {
        get
        {
            JsonNode[] there = [.. (JsonNode.Parse(Now)?["Statement"] as JsonArray ?? []).OfType<JsonNode>()];
            JsonArray wanted = JsonNode.Parse(Wanted.Json)!["Statement"]!.AsArray();
            return new PolicyDocument([.. Wanted.Statements.Where((_, i) => !there.Any(t => JsonNode.DeepEquals(t, wanted[i])))]).Json;
        }
    }
}
