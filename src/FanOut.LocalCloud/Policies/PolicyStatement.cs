namespace FanOut.LocalCloud.Policies;

/// <summary>One statement of a policy.</summary>
internal sealed record PolicyStatement
{
    public required bool IsAllow { get; init; }

    public required PatternList Actions { get; init; }

    /// <summary>The resources; null in a trust policy, whose resource is its role.</summary>
    public PatternList? Resources { get; init; }

    /// <summary>The principals of a trust policy, by kind (<c>AWS</c>, <c>Service</c>) and name; empty in an identity's policy.</summary>
    public IReadOnlyList<(string Kind, string Name)> Principals { get; init; } = [];

    public IReadOnlyList<PolicyCondition> Conditions { get; init; } = [];

    public bool AppliesTo(AccessRequest request) =>
        Actions.Includes(request.Action, (action, pattern) => Wildcard.Matches(action, pattern, StringComparison.OrdinalIgnoreCase))
        && Resources?.Includes(request.Resource, Wildcard.MatchesArn) != false
        && Conditions.All(condition => condition.Holds(request.Context));

    /// <summary>Whether one of the principals is among the names of a caller.</summary>
    public bool Means(IReadOnlyList<(string Kind, string Name)> caller) =>
        Principals.Any(principal => caller.Any(name => name.Kind == principal.Kind && (name.Name == principal.Name || principal == ("AWS", "*"))));

    /// <summary>The decision of several statements: a denial wins.</summary>
    public static AccessDecision Decide(IEnumerable<PolicyStatement> statements, AccessRequest request)
    {
        AccessDecision decision = AccessDecision.ImplicitDeny;
        foreach (PolicyStatement statement in statements.Where(statement => statement.AppliesTo(request)))
        {
            if (!statement.IsAllow)
            {
                return AccessDecision.ExplicitDeny;
            }

            decision = AccessDecision.Allowed;
        }

        return decision;
    }
}
