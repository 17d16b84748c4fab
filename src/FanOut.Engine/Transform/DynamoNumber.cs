namespace FanOut.Engine.Transform;

/// <summary>Writes the text of a DynamoDB number as a JSON number, digit for digit.</summary>
internal static class DynamoNumber
{
    /// <summary>Writes the number; what JSON spells differently (<c>+5</c>, <c>05</c>, <c>.5</c>, <c>5.</c>) is respelled without loss.</summary>
    /// <param name="text">What stands between the quotes.</param>
    /// <param name="destination">At least one byte more than <paramref name="text"/>.</param>
    /// <param name="written">The number of bytes written; at most one more than <paramref name="text"/> has.</param>
    /// <returns>Whether the text is a number.</returns>
    public static bool TryWrite(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (!TryRead(text, out ReadOnlySpan<byte> whole, out ReadOnlySpan<byte> fraction, out ReadOnlySpan<byte> exponent))
        {
            return false;
        }

        if (text[0] == (byte)'-')
        {
            destination[written++] = (byte)'-';
        }

        Put(whole.TrimStart((byte)'0') is { IsEmpty: false } digits ? digits : "0"u8, destination, ref written);
        if (!fraction.IsEmpty)
        {
            destination[written++] = (byte)'.';
            Put(fraction, destination, ref written);
        }
        Put(exponent, destination, ref written);
        return true;
    }

    /// <summary>Whether a text is a number.</summary>
    /// <param name="text">What stands between the quotes.</param>
    public static bool IsNumber(ReadOnlySpan<byte> text) => TryRead(text, out _, out _, out _);

    private static bool TryRead(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> whole, out ReadOnlySpan<byte> fraction, out ReadOnlySpan<byte> exponent)
    {
        int at = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        whole = TakeDigits(text, ref at);
        fraction = default;
        if (at < text.Length && text[at] == (byte)'.')
        {
            at++;
            fraction = TakeDigits(text, ref at);
        }

        exponent = text[at..];
        return !(whole.IsEmpty && fraction.IsEmpty) && (exponent.IsEmpty || IsExponent(exponent));
    }

    private static bool IsExponent(ReadOnlySpan<byte> text)
    {
        if (text[0] is not ((byte)'e' or (byte)'E'))
        {
            return false;
        }

        int at = text.Length > 1 && text[1] is (byte)'+' or (byte)'-' ? 2 : 1;
        return !TakeDigits(text, ref at).IsEmpty && at == text.Length;
    }

    private static ReadOnlySpan<byte> TakeDigits(ReadOnlySpan<byte> text, scoped ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit((char)text[at]))
        {
            at++;
        }

        return text[start..at];
    }

    private static void Put(ReadOnlySpan<byte> bytes, Span<byte> destination, ref int written)
    {
        bytes.CopyTo(destination[written..]);
        written += bytes.Length;
    }
}
