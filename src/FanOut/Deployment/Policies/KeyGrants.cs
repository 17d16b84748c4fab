using System.Text.Json.Nodes;
using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Policies;

/// <summary>The permissions to use the user's KMS keys; a key of AWS itself needs none.</summary>
internal static class KeyGrants
{
    private const string Sid = "UseKeys";

    // Decrypt for what is read, GenerateDataKey for what is written.
    private static readonly string[] Use = ["kms:Decrypt", "kms:GenerateDataKey"];

    /// <summary>The keys that policies of the module allow: whoever gave them need not give them again.</summary>
    /// <param name="policies">The policies as they are, in JSON.</param>
    public static IReadOnlyList<string> In(IEnumerable<string> policies) =>
    [
        .. policies.SelectMany(static p => JsonNode.Parse(p)?["Statement"] as JsonArray ?? []).OfType<JsonObject>().Where(static s => $"{s["Sid"]}" == Sid)
            .SelectMany(static s => s["Resource"] as JsonArray ?? [s["Resource"]?.DeepClone()]).Select(static r => $"{r}")
            .Where(static r => Arn.TryParse(r, out Arn? arn) && arn is { Service: "kms", ResourceType: "key" }).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>For the function's role: the key of its variables, and the keys that no assumed role uses.</summary>
    public static IEnumerable<Grant> ForFunction(FunctionFacts facts)
    {
        if (facts.VariablesKey is { } key)
        {
            yield return new Grant("DecryptVariables", ["kms:Decrypt"], key);
        }

        // The function itself writes to dead letters, so it needs the keys of their accounts too, even if a role there sends to the targets.
        HashSet<string?> own = [facts.Function.Account, .. facts.Mappings.Select(m => DeadLetterGrants.AccountOf(m, facts.Home))];
        HashSet<string?> others = [.. facts.Mappings.Select(static m => AccountOf(TargetRolePolicy.RoleOf(m)))];
        foreach (string used in facts.Keys.Where(k => own.Contains(AccountOf(k)) || !others.Contains(AccountOf(k))))
        {
            yield return new Grant(Sid, Use, used);
        }
    }

    /// <summary>For an assumed role: the keys of its account.</summary>
    public static IEnumerable<Grant> ForRole(string role, FunctionFacts facts) =>
        facts.Keys.Where(k => AccountOf(k) == AccountOf(role)).Select(static k => new Grant(Sid, Use, k));

    private static string? AccountOf(string? text) => Arn.TryParse(text, out Arn? arn) ? arn.Account : null;
}
