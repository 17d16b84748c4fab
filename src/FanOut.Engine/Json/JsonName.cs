using FanOut.Aws.Protocols;

namespace FanOut.Engine.Json;

/// <summary>Compares names of JSON's fields, which may be written with escapes, with names in UTF-8.</summary>
internal static class JsonName
{
    // No escape of JSON is longer: six bytes for one.
    private const int LongestEscape = 6;

    /// <summary>Whether a name is another.</summary>
    /// <param name="quoted">The name as it stands, with its quotes and escapes.</param>
    /// <param name="name">The other, UTF-8.</param>
    public static bool Is(ReadOnlySpan<byte> quoted, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> content = quoted[1..^1];
        if (!content.Contains((byte)'\\') || content.Length > name.Length * LongestEscape)
        {
            return content.SequenceEqual(name);
        }

        Span<byte> plain = stackalloc byte[content.Length];
        return JsonEscape.TryUndo(quoted, plain, out int length) && plain[..length].SequenceEqual(name);
    }
}
