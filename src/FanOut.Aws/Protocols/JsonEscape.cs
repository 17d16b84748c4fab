using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace FanOut.Aws.Protocols;

/// <summary>Writes text as the content of a JSON string, escaping no more than JSON requires.</summary>
/// <remarks>
/// Quote, backslash and the controls below 0x20 are escaped (<see href="https://www.rfc-editor.org/rfc/rfc8259#section-7"/>), nothing else:
/// each further byte would count against the target's limits.
/// </remarks>
public static class JsonEscape
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    /// <summary>How many bytes <see cref="Write"/> writes: the string's content, without quotes around it.</summary>
    /// <param name="utf8">The text, which must be valid UTF-8; that is not checked here.</param>
    public static int LengthOf(ReadOnlySpan<byte> utf8)
    {
        int length = utf8.Length + utf8.Count((byte)'"') + utf8.Count((byte)'\\');
        for (int at; (at = utf8.IndexOfAnyInRange((byte)0, (byte)0x1F)) >= 0; utf8 = utf8[(at + 1)..])
        {
            length += ShortForm(utf8[at]) != 0 ? 1 : 5;
        }

        return length;
    }

    /// <summary>Writes the escaped text.</summary>
    /// <param name="utf8">The text, which must be valid UTF-8; that is not checked here.</param>
    /// <param name="destination">At least <see cref="LengthOf"/> bytes; must not overlap <paramref name="utf8"/>. What lies behind the
    /// bytes written may be overwritten too.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(ReadOnlySpan<byte> utf8, Span<byte> destination)
    {
        int written = 0;
        // JSON inside JSON needs an escape every few bytes. So each block of 16 bytes is copied whole, and what follows its first escape is overwritten.
        while (utf8.Length >= Vector128<byte>.Count && destination.Length - written >= Vector128<byte>.Count)
        {
            Vector128<byte> block = Vector128.Create(utf8);
            int run = FirstEscaped(block);
            if (run < Vector128<byte>.Count)
            {
                block.CopyTo(destination[written..]);
                written += run;
                written += WriteEscape(utf8[run++], destination[written..]);
            }
            else
            {
                run = utf8.IndexOfAny(Escaped) is var next and >= 0 ? next : utf8.Length;
                utf8[..run].CopyTo(destination[written..]);
                written += run;
            }
            utf8 = utf8[run..];
        }
        foreach (byte value in utf8)
        {
            if (Escaped.Contains(value))
            {
                written += WriteEscape(value, destination[written..]);
            }
            else
            {
                destination[written++] = value;
            }
        }
        return written;
    }

    /// <summary>Finds the first byte that cannot stand in a JSON string, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOfEscaped(ReadOnlySpan<byte> utf8)
    {
        // Most names and values are shorter than a block, for which a search over the whole text would be slow to start.
        if (utf8.Length >= Vector128<byte>.Count && FirstEscaped(Vector128.Create(utf8)) is var first and < 16)
        {
            return first;
        }

        return utf8.IndexOfAny(Escaped);
    }

    /// <summary>The index of the first byte to escape; 16 if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FirstEscaped(Vector128<byte> block)
    {
        Vector128<byte> escaped = Vector128.LessThan(block, Vector128.Create((byte)0x20))
            | Vector128.Equals(block, Vector128.Create((byte)'"'))
            | Vector128.Equals(block, Vector128.Create((byte)'\\'));
        return BitOperations.TrailingZeroCount(escaped.ExtractMostSignificantBits() | 0x10000);
    }

    /// <summary>Writes the value of a JSON string: its content in UTF-8 with all escapes resolved.</summary>
    /// <param name="quoted">A well-formed string with its quotes, in valid UTF-8.</param>
    /// <param name="destination">At least as long as the content, because the value is never longer.</param>
    /// <param name="length">The number of bytes written.</param>
    /// <returns>False if it is not valid text: it has an escape of half a surrogate pair.</returns>
    public static bool TryUndo(ReadOnlySpan<byte> quoted, Span<byte> destination, out int length)
    {
        ReadOnlySpan<byte> content = quoted[1..^1];
        length = 0;
        while (true)
        {
            int run = content.IndexOf((byte)'\\');
            ReadOnlySpan<byte> plain = run < 0 ? content : content[..run];
            plain.CopyTo(destination[length..]);
            length += plain.Length;
            if (run < 0)
            {
                return true;
            }

            content = content[(run + 1)..];
            if (content[0] != (byte)'u')
            {
                destination[length++] = Meaning(content[0]);
                content = content[1..];
                continue;
            }
            if (!TryUndoRune(ref content, out Rune rune))
            {
                return false;
            }

            length += rune.EncodeToUtf8(destination[length..]);
        }
    }

    /// <summary>Takes <c>uXXXX</c>, or a surrogate pair <c>uXXXX\uXXXX</c>.</summary>
    private static bool TryUndoRune(ref ReadOnlySpan<byte> content, out Rune rune)
    {
        char first = Hex(content[1..5]);
        content = content[5..];
        if (Rune.TryCreate(first, out rune))
        {
            return true;
        }

        if (content.Length < 6 || !content.StartsWith("\\u"u8) || !Rune.TryCreate(first, Hex(content[2..6]), out rune))
        {
            return false;
        }

        content = content[6..];
        return true;
    }

    private static char Hex(ReadOnlySpan<byte> digits)
    {
        int value = 0;
        foreach (byte digit in digits)
        {
            value = (value << 4) | (digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return (char)value;
    }

    private static byte Meaning(byte letter) => letter switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => letter,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteEscape(byte value, Span<byte> destination)
    {
        if (ShortForm(value) is var letter and not 0)
        {
            destination[1] = letter;
            destination[0] = (byte)'\\';
            return 2;
        }
        "\\u00"u8.CopyTo(destination);
        destination[4] = (byte)('0' + (value >> 4));
        destination[5] = "0123456789abcdef"u8[value & 0xF];
        return 6;
    }

    /// <summary>
    /// The character after the backslash of a byte's escape: itself for quote and backslash, a letter for some control characters, 0 for the others,
    /// which need \u.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte ShortForm(byte escaped) =>
        escaped >= 0x20 ? escaped : "\0\0\0\0\0\0\0\0btn\0fr\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"u8[escaped];
}
