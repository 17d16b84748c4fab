using System.Buffers;

namespace FanOut.Aws.Protocols;

/// <summary>Percent-encodes values of application/x-www-form-urlencoded bodies, as the Query protocol of SNS takes them.</summary>
/// <remarks>
/// Only the unreserved characters of <see href="https://www.rfc-editor.org/rfc/rfc3986#section-2.3"/> stay (letters, digits, - _ . ~);
/// a blank becomes %20, which servers read as they read a plus sign.
/// </remarks>
public static class FormUrl
{
    private static readonly SearchValues<byte> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"u8);

    /// <summary>How many bytes <see cref="Write"/> writes.</summary>
    /// <param name="utf8">Any bytes.</param>
    public static int LengthOf(ReadOnlySpan<byte> utf8)
    {
        int length = utf8.Length;
        foreach (byte value in utf8)
            length += Unreserved.Contains(value) ? 0 : 2;
        return length;
    }

    /// <summary>Writes the encoded bytes.</summary>
    /// <param name="utf8">Any bytes.</param>
    /// <param name="destination">At least <see cref="LengthOf"/> bytes; must not overlap <paramref name="utf8"/>.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(ReadOnlySpan<byte> utf8, Span<byte> destination)
    {
        int written = 0;
        for (int run; (run = utf8.IndexOfAnyExcept(Unreserved)) >= 0; utf8 = utf8[(run + 1)..])
        {
            utf8[..run].CopyTo(destination[written..]);
            written += run;
            destination[written + 2] = "0123456789ABCDEF"u8[utf8[run] & 0xF];
            destination[written + 1] = "0123456789ABCDEF"u8[utf8[run] >> 4];
            destination[written] = (byte)'%';
            written += 3;
        }
        utf8.CopyTo(destination[written..]);
        return written + utf8.Length;
    }
}
