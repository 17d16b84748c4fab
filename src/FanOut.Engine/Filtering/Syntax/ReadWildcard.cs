namespace FanOut.Engine.Filtering.Syntax;

/// <summary>Reads the operand of <c>wildcard</c>: <c>*</c> is any run of characters, <c>\*</c> and <c>\\</c> are the characters themselves.</summary>
internal static class ReadWildcard
{
    /// <summary>Splits the operand at its stars: what is before, between and after them.</summary>
    public static byte[][] Of(ReadOnlySpan<byte> text, string path)
    {
        var parts = new List<byte[]>();
        var part = new List<byte>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'*' when i > 0 && part.Count == 0 && parts.Count > 0:
                    throw new InvalidPatternException(path, "two stars stand next to each other; one is enough");
                case (byte)'*':
                    parts.Add([.. part]);
                    part.Clear();
                    break;
                case (byte)'\\' when i + 1 == text.Length || text[i + 1] is not ((byte)'*' or (byte)'\\'):
                    throw new InvalidPatternException(path, "a backslash must stand before a star or another backslash");
                case (byte)'\\':
                    part.Add(text[++i]);
                    break;
                default:
                    part.Add(text[i]);
                    break;
            }
        }

        return [.. parts, [.. part]];
    }
}
