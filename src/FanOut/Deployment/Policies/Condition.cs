namespace FanOut.Deployment.Policies;

/// <summary>What must hold of a request beside its action and resource; equal values make equal conditions.</summary>
/// <param name="Key">The key, such as <c>sts:ExternalId</c>.</param>
/// <param name="Values">The values, one of which the key must equal; sorted, without doubles.</param>
internal sealed record Condition(string Key, IReadOnlyList<string> Values)
{
    /// <summary>The operator.</summary>
    public const string Operator = "StringEquals";

    /// <summary>Makes one.</summary>
    public static Condition Of(string key, params IEnumerable<string> values) => new(key, [.. values.Distinct().Order(StringComparer.Ordinal)]);

    /// <inheritdoc/>
    public bool Equals(Condition? other) => other is not null && Key == other.Key && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Values.Count);

    /// <summary>The condition in a line.</summary>
    public override string ToString() => $"{Operator} {Key} {string.Join(", ", Values)}";
}
