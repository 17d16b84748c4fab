using FanOut.Engine.Mappings;

namespace FanOut.Deployment.Policies;

/// <summary>The trust policies of the roles: who may assume them.</summary>
internal static class TrustPolicy
{
    /// <summary>Lambda's name as a principal. It is the same in every partition, also in China, where host names end in .com.cn.</summary>
    private const string Lambda = "lambda.amazonaws.com";

    private static readonly string[] Assume = ["sts:AssumeRole"];

    /// <summary>The function's own role trusts Lambda.</summary>
    public static PolicyDocument ForFunction { get; } =
        new([new Statement { Sid = "AllowLambda", Principal = new Principal("Service", Lambda), Actions = Assume }]);

    /// <summary>A target's role trusts the function's role, if that hands over an external id of the mappings.</summary>
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

    /// <summary>
    /// A note if a target's role cannot ask for an external id: some mappings have none, though others do or the role is in another account; null: no
    /// note.
    /// </summary>
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
