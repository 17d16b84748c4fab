using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Policies;

/// <summary>Who may assume a role.</summary>
internal static class TrustPolicy
{
    /// <summary>Lambda's name as a principal. It is this one in every partition, also where hosts end otherwise.</summary>
    private const string Lambda = "lambda.amazonaws.com";

    private static readonly string[] Assume = ["sts:AssumeRole"];

    /// <summary>The function's own role trusts Lambda.</summary>
    public static PolicyDocument ForFunction { get; } =
        new([new Statement { Sid = "AllowLambda", Principal = new Principal("Service", Lambda), Actions = Assume }]);

    /// <summary>A target's role trusts the function's, which must hand over an external id of the mappings.</summary>
    /// <param name="role">The target's role.</param>
    /// <param name="facts">The function and its mappings.</param>
    public static PolicyDocument ForRole(string role, FunctionFacts facts)
    {
        Mapping[] mappings = [.. TargetRolePolicy.Mappings(role, facts)];
        return new([new Statement
        {
            Sid = "AllowFanOut",
            Principal = new Principal("AWS", facts.RoleArn),
            Actions = Assume,
            Condition = mappings.All(HasId) ? Condition.Of("sts:ExternalId", mappings.Select(static m => m.ExternalId!)) : null,
        }]);
    }

    /// <summary>Why a target's role cannot ask for an external id though there is one; or that it should ask for one.</summary>
    public static string? NoteOf(string role, FunctionFacts facts)
    {
        Mapping[] without = [.. TargetRolePolicy.Mappings(role, facts).Where(static m => !HasId(m))];
        bool isForeign = Arn.TryParse(role, out Arn? arn) && arn.Account != facts.Function.Account;
        return without.Length > 0 && (isForeign || without.Length < TargetRolePolicy.Mappings(role, facts).Count())
            ? $"No external id is asked for, because none is handed over for {string.Join(", ", without.Select(static m => $"'{m.Id}'").Order(StringComparer.Ordinal))}: Set-FanOutTarget -ExternalId gives one."
            : null;
    }

    private static bool HasId(Mapping mapping) => !string.IsNullOrEmpty(mapping.ExternalId);
}
