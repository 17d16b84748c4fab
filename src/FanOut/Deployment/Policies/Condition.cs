namespace FanOut.Deployment.Policies;

/// <summary>What must hold of a request beside its action and resource; equal values make equal conditions.</summary>
/// <param name="Key">The key, such as <c>sts:ExternalId</c>.</param>
/// <param name="Values">The values; sorted, without doubles.</param>
/// <param name="Operator">How the key is compared with them.</param>
internal sealed record Condition(string Key, IReadOnlyList<string> Values, string Operator)
{
    /// <summary>The key must equal one of the values.</summary>
    public static Condition Of(string key, params IEnumerable<string> values) => new(key, [.. values.Distinct().Order(StringComparer.Ordinal)], "StringEquals");

    /// <summary>Each value of a key that has several must be like the pattern.</summary>
    public static Condition AllLike(string key, string pattern) => new(key, [pattern], "ForAllValues:StringLike");

    /// <inheritdoc/>
    public bool Equals(Condition? other) => other is not null && Key == other.Key && Operator == other.Operator && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Operator, Values.Count);

    /// <summary>The condition in a line.</summary>
    public override string ToString() => $"{Operator} {Key} {string.Join(", ", Values)}";
}
