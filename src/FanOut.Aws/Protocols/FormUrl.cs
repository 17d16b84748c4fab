using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FanOut.Aws.Protocols;

/// <summary>Percent-encodes values of application/x-www-form-urlencoded bodies, for the Query protocol.</summary>
/// <remarks>
/// Only the unreserved characters of <see href="https://www.rfc-editor.org/rfc/rfc3986#section-2.3"/> stay (letters, digits, - _ . ~).
/// A space becomes %20, which servers read like a plus sign.
/// </remarks>
public static class FormUrl
{
    // The encoding of each byte: up to three bytes, the first in the lowest bits, and their number in the highest.
    private static readonly uint[] Encoded = [.. Enumerable.Range(0, 256).Select(value => Encode((byte)value))];

    /// <summary>How many bytes <see cref="Write"/> writes for one byte at most.</summary>
    public const int MostForOne = 3;

    /// <summary>How many bytes <see cref="Write"/> writes.</summary>
    /// <param name="utf8">Any bytes.</param>
    public static int LengthOf(ReadOnlySpan<byte> utf8)
    {
        int encoded = 0;
        int length = utf8.Length;
        for (; utf8.Length >= Vector128<byte>.Count; utf8 = utf8[Vector128<byte>.Count..])
        {
            encoded += BitOperations.PopCount(Reserved(Vector128.Create(utf8)));
        }

        foreach (byte value in utf8)
        {
            encoded += IsReserved(value) ? 1 : 0;
        }

        return length + (2 * encoded);
    }

    /// <summary>Writes the encoded bytes.</summary>
    /// <param name="utf8">Any bytes.</param>
    /// <param name="destination">At least <see cref="LengthOf"/> bytes; must not overlap <paramref name="utf8"/>. What lies behind the
    /// bytes written may be overwritten too.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(ReadOnlySpan<byte> utf8, Span<byte> destination)
    {
        int written = 0;
        for (; utf8.Length >= Vector128<byte>.Count; utf8 = utf8[Vector128<byte>.Count..])
        {
            Vector128<byte> block = Vector128.Create(utf8);
            if (Reserved(block) == 0)
            {
                block.CopyTo(destination[written..]);
                written += Vector128<byte>.Count;
            }
            else
            {
                written += WriteEach(utf8[..Vector128<byte>.Count], destination[written..]);
            }
        }
        return written + WriteEach(utf8, destination[written..]);
    }

    /// <summary>
    /// Writes byte by byte without branches: in JSON a third of the bytes, at random places, must be encoded, so the processor would often predict a
    /// branch wrongly.
    /// </summary>
    private static int WriteEach(ReadOnlySpan<byte> utf8, Span<byte> destination)
    {
        ReadOnlySpan<uint> table = Encoded;
        int written = 0;
        int i = 0;
        for (; i < utf8.Length && written <= destination.Length - sizeof(uint); i++)
        {
            uint encoded = table[utf8[i]];
            BinaryPrimitives.WriteUInt32LittleEndian(destination[written..], encoded);
            written += (int)(encoded >> 24);
        }
        for (; i < utf8.Length; i++)
        {
            uint encoded = table[utf8[i]];
            for (uint left = encoded >> 24; left > 0; left--, encoded >>= 8)
            {
                destination[written++] = (byte)encoded;
            }
        }
        return written;
    }

    private static uint Encode(byte value)
    {
        ReadOnlySpan<byte> hex = "0123456789ABCDEF"u8;
        return IsReserved(value)
            ? (3U << 24) | ((uint)hex[value & 0xF] << 16) | ((uint)hex[value >> 4] << 8) | '%'
            : (1U << 24) | value;
    }

    private static bool IsReserved(byte value) =>
        !char.IsAsciiLetterOrDigit((char)value) && value is not ((byte)'-' or (byte)'.' or (byte)'_' or (byte)'~');

    /// <summary>Like <see cref="IsReserved"/>, for sixteen bytes at once: one bit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Reserved(Vector128<byte> block)
    {
        Vector128<byte> letters = Vector128.LessThan((block | Vector128.Create((byte)0x20)) - Vector128.Create((byte)'a'), Vector128.Create((byte)26));
        Vector128<byte> digits = Vector128.LessThan(block - Vector128.Create((byte)'0'), Vector128.Create((byte)10));
        Vector128<byte> dashAndDot = Vector128.LessThan(block - Vector128.Create((byte)'-'), Vector128.Create((byte)2));
        Vector128<byte> others = Vector128.Equals(block, Vector128.Create((byte)'_')) | Vector128.Equals(block, Vector128.Create((byte)'~'));
        return (~(letters | digits | dashAndDot | others)).ExtractMostSignificantBits();
    }
}
