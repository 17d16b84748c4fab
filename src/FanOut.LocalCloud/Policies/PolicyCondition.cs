namespace FanOut.LocalCloud.Policies;

/// <summary>One key of a statement's <c>Condition</c>: <c>"StringEquals": {"sts:ExternalId": ["a", "b"]}</c>.</summary>
/// <param name="Operator">The operator, without <c>IfExists</c>.</param>
/// <param name="IfExists">Whether the condition is met if the request does not have the key.</param>
/// <param name="Key">The key, as it is written in the policy.</param>
/// <param name="Values">The values: one must match; with a negated operator none may match.</param>
internal sealed record PolicyCondition(string Operator, bool IfExists, string Key, IReadOnlyList<string> Values)
{
    private static readonly Dictionary<string, Func<string, string, bool>> Operators = new(StringComparer.Ordinal)
    {
        ["StringEquals"] = (actual, value) => actual == value,
        ["StringNotEquals"] = (actual, value) => actual == value,
        ["StringLike"] = (actual, value) => Wildcard.Matches(actual, value),
        ["StringNotLike"] = (actual, value) => Wildcard.Matches(actual, value),
        ["ArnEquals"] = Wildcard.MatchesArn,
        ["ArnNotEquals"] = Wildcard.MatchesArn,
        ["ArnLike"] = Wildcard.MatchesArn,
        ["ArnNotLike"] = Wildcard.MatchesArn,
    };

    private bool IsNegated => Operator.Contains("Not", StringComparison.Ordinal);

    /// <summary>Whether the stand-in can evaluate an operator.</summary>
    public static bool IsKnown(string name) => Operators.ContainsKey(name);

    /// <summary>Whether the condition is met. A key that the request does not have matches no value.</summary>
    public bool Holds(IReadOnlyDictionary<string, string> context) =>
        context.TryGetValue(ConditionKeys.Normalized(Key), out string? actual)
            ? Values.Any(value => Operators[Operator](actual, value)) != IsNegated
            : IfExists || IsNegated;
}
