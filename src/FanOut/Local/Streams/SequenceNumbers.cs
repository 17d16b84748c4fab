namespace FanOut.Local.Streams;

/// <summary>The order of sequence numbers, which are numbers of different lengths. Only numbers of one shard, or of its ancestors, can be compared.</summary>
internal static class SequenceNumbers
{
    /// <summary>Less than 0: x comes first; 0: they are the same; greater than 0: y comes first.</summary>
    public static int Compare(string x, string y)
    {
        ReadOnlySpan<char> one = x.AsSpan().TrimStart('0'), other = y.AsSpan().TrimStart('0');
        return one.Length != other.Length ? one.Length - other.Length : one.SequenceCompareTo(other);
    }

    /// <summary>Whether a text is a sequence number.</summary>
    public static bool IsOne(string text) => text.Length is > 0 and <= 129 && text.All(char.IsAsciiDigit);
}
