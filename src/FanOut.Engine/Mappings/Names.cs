namespace FanOut.Engine.Mappings;

/// <summary>The characters that the services allow in the names of their resources.</summary>
internal static class Names
{
    /// <summary>Whether the text has 1 to <paramref name="longest"/> characters: letters, digits, and those of <paramref name="others"/>.</summary>
    public static bool IsName(ReadOnlySpan<char> text, int longest, ReadOnlySpan<char> others)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !others.Contains(c))
            {
                return false;
            }
        }

        return text.Length >= 1 && text.Length <= longest;
    }

    /// <summary>The same for names that may end in <c>.fifo</c>, which counts toward the length.</summary>
    public static bool IsFifoName(string text, int longest, ReadOnlySpan<char> others) =>
        text.Length <= longest && IsName(IsFifo(text) ? text.AsSpan(0, text.Length - ".fifo".Length) : text, longest, others);

    /// <summary>Whether the name is that of a FIFO topic or queue.</summary>
    public static bool IsFifo(string name) => name.EndsWith(".fifo", StringComparison.Ordinal);
}
