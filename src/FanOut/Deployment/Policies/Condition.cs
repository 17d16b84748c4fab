namespace FanOut.Deployment.Policies;

/// <summary>A condition of a statement, beside action and resource. Conditions with equal values are equal.</summary>
/// <param name="Key">The key, such as <c>sts:ExternalId</c>.</param>
/// <param name="Values">The values; sorted, without duplicates.</param>
/// <param name="Operator">How the key is compared with them.</param>
internal sealed record Condition(string Key, IReadOnlyList<string> Values, string Operator)
{
    /// <summary>The key must equal one of the values.</summary>
    public static Condition Of(string key, params IEnumerable<string> values) => new(key, [.. values.Distinct().Order(StringComparer.Ordinal)], "StringEquals");

    /// <summary>The key may have several values; each must match the pattern.</summary>
    public static Condition AllLike(string key, string pattern) => new(key, [pattern], "ForAllValues:StringLike");

    /// <inheritdoc/>
    public bool Equals(Condition? other) => other is not null && Key == other.Key && Operator == other.Operator && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Operator, Values.Count);

    /// <summary>The condition on one line.</summary>
    public override string ToString() => $"{Operator} {Key} {string.Join(", ", Values)}";
}
