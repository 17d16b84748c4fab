using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Policies;

/// <summary>The use of keys of KMS that were named; a key of AWS itself needs no permission.</summary>
internal static class KeyGrants
{
    // Reading what a key encrypted, and having data keys made for what is written.
    private static readonly string[] Use = ["kms:Decrypt", "kms:GenerateDataKey"];

    /// <summary>For the function's role: its variables' key, and those keys that no assumed role uses.</summary>
    public static IEnumerable<Grant> ForFunction(FunctionFacts facts)
    {
        if (facts.VariablesKey is { } key)
        {
            yield return new Grant("DecryptVariables", ["kms:Decrypt"], key);
        }

        // Where a dead letter lies the function writes itself, though a role of that account may send to targets.
        HashSet<string?> own = [facts.Function.Account, .. facts.Mappings.Select(m => DeadLetterGrants.AccountOf(m, facts.Home))];
        HashSet<string?> others = [.. facts.Mappings.Select(static m => AccountOf(TargetRolePolicy.RoleOf(m)))];
        foreach (string used in facts.Keys.Where(k => own.Contains(AccountOf(k)) || !others.Contains(AccountOf(k))))
        {
            yield return new Grant("UseKeys", Use, used);
        }
    }

    /// <summary>For a role that is assumed: the keys of its account.</summary>
    public static IEnumerable<Grant> ForRole(string role, FunctionFacts facts) =>
        facts.Keys.Where(k => AccountOf(k) == AccountOf(role)).Select(static k => new Grant("UseKeys", Use, k));

    private static string? AccountOf(string? text) => Arn.TryParse(text, out Arn? arn) ? arn.Account : null;
}
