using System.Buffers;
using System.Text.Json;

namespace FanOut.Aws.Protocols;

/// <summary>Writes text as the content of a JSON string, escaping no more than JSON asks for.</summary>
/// <remarks>
/// Quote, backslash and the controls below 0x20 are escaped (<see href="https://www.rfc-editor.org/rfc/rfc8259#section-7"/>), nothing else:
/// every byte more would count against the target's limits.
/// </remarks>
public static class JsonEscape
{
    /// <summary>What never stands unescaped in a JSON string.</summary>
    public static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    /// <summary>How many bytes <see cref="Write"/> writes: the string's content, without quotes around it.</summary>
    /// <param name="utf8">Valid UTF-8; the caller's duty.</param>
    public static int LengthOf(ReadOnlySpan<byte> utf8)
    {
        int length = utf8.Length + utf8.Count((byte)'"') + utf8.Count((byte)'\\');
        for (int at; (at = utf8.IndexOfAnyInRange((byte)0, (byte)0x1F)) >= 0; utf8 = utf8[(at + 1)..])
            length += ShortForm(utf8[at]) != 0 ? 1 : 5;
        return length;
    }

    /// <summary>Writes the escaped text.</summary>
    /// <param name="utf8">Valid UTF-8; the caller's duty.</param>
    /// <param name="destination">At least <see cref="LengthOf"/> bytes; must not overlap <paramref name="utf8"/>.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(ReadOnlySpan<byte> utf8, Span<byte> destination)
    {
        int written = 0;
        for (int run; (run = utf8.IndexOfAny(Escaped)) >= 0; utf8 = utf8[(run + 1)..])
        {
            utf8[..run].CopyTo(destination[written..]);
            written += run;
            written += WriteEscape(utf8[run], destination[written..]);
        }
        utf8.CopyTo(destination[written..]);
        return written + utf8.Length;
    }

    /// <summary>Writes what a JSON string means: its content with all escapes resolved, in UTF-8.</summary>
    /// <param name="quoted">A well-formed string with its quotes, in valid UTF-8.</param>
    /// <param name="destination">As long as the content, which never grows by it.</param>
    /// <param name="length">The number of bytes written.</param>
    /// <returns>Whether it means anything: half a surrogate pair, escaped, does not.</returns>
    public static bool TryUndo(ReadOnlySpan<byte> quoted, Span<byte> destination, out int length)
    {
        ReadOnlySpan<byte> content = quoted[1..^1];
        length = content.Length;
        if (!content.Contains((byte)'\\'))
        {
            content.CopyTo(destination);
            return true;
        }
        try
        {
            Utf8JsonReader reader = new(quoted);
            reader.Read();
            length = reader.CopyString(destination);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

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

    private static byte ShortForm(byte value) => value switch
    {
        (byte)'"' => (byte)'"',
        (byte)'\\' => (byte)'\\',
        (byte)'\n' => (byte)'n',
        (byte)'\r' => (byte)'r',
        (byte)'\t' => (byte)'t',
        (byte)'\b' => (byte)'b',
        (byte)'\f' => (byte)'f',
        _ => 0,
    };
}
