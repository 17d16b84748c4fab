using System.Text.Json;
using System.Text.Json.Nodes;

namespace FanOut.Deployment.Policies;

/// <summary>
/// How a policy changes together with its function: new permissions are added before the function changes, old ones are removed afterwards. So
/// the function has what it needs at any time, even if its change fails.
/// </summary>
/// <param name="Before">The policy to put before the change; null: it stays as it is.</param>
/// <param name="After">The policy to put after the change; null: it stays as it is.</param>
internal sealed record PolicyTransition(string? Before, string? After)
{
    /// <summary>Compares a policy with the wanted one.</summary>
    /// <param name="now">The policy as it is; null: there is none.</param>
    /// <param name="wanted">The policy as it should be.</param>
    public static PolicyTransition Of(string? now, string wanted)
    {
        if (RolePolicies.AreSame(now, wanted))
        {
            return new(null, null);
        }

        JsonArray to = Statements(wanted)!;
        if (Statements(now) is not { } from || Allowed(from) is not { } there || Allowed(to) is not { } needed || needed.IsSupersetOf(there))
        {
            return new(wanted, null);
        }

        string both = Join(from, to);
        return there.IsSupersetOf(needed) ? new(null, wanted)
            : both.Length > SplitPolicy.InlineSize ? new(wanted, null)
            : new(both, wanted);
    }

    private static JsonArray? Statements(string? policy)
    {
        try
        {
            return policy is null ? null : (JsonNode.Parse(policy) as JsonObject)?["Statement"] as JsonArray;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Null: a statement has a form that the module does not write, so it is not known what it allows.
    private static HashSet<string>? Allowed(JsonArray statements)
    {
        HashSet<string> allowed = [];
        foreach (JsonNode? statement in statements)
        {
            if (statement is not JsonObject { } members || (string?)members["Effect"] != "Allow" || members["Action"] is not JsonArray actions || members["Resource"] is not JsonArray resources)
            {
                return null;
            }

            allowed.UnionWith(from action in actions from resource in resources select $"{action} {resource} {members["Condition"]?.ToJsonString()}");
        }

        return allowed;
    }

    // Ids must be unique in a policy, so the statements that will be removed lose theirs.
    private static string Join(JsonArray from, JsonArray to)
    {
        JsonArray joined = [.. to.Select(static s => s!.DeepClone())];
        foreach (JsonNode? old in from.Where(f => !to.Any(t => JsonNode.DeepEquals(t, f))))
        {
            JsonObject clone = old!.DeepClone().AsObject();
            clone.Remove("Sid");
            joined.Add(clone);
        }

        return new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = joined }.ToJsonString();
    }
}
