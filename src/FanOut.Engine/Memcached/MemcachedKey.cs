using System.Buffers;
using System.Security.Cryptography;

namespace FanOut.Engine.Memcached;

/// <summary>Keys as the text protocol can carry them.</summary>
/// <remarks>
/// A key is 1 to 250 bytes without blanks and control characters
/// (https://github.com/memcached/memcached/blob/master/doc/protocol.txt, "Keys"). Any other would be read as more words, or as more
/// commands: whoever can choose a record's key could then write any key or flush the cache. Such a key is replaced by the SHA-256
/// of its bytes in lower-case hexadecimal; readers do the same.
/// </remarks>
internal static class MemcachedKey
{
    /// <summary>The longest key in bytes.</summary>
    public const int MaxLength = 250;

    /// <summary>The length in bytes of a key that stands for another.</summary>
    public const int HashedLength = 2 * SHA256.HashSizeInBytes;

    private static readonly SearchValues<byte> Forbidden =
        SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(code => (byte)code), 0x7F]);

    /// <summary>The key to send: itself where the protocol can carry it, else its hash.</summary>
    /// <param name="key">The record's key.</param>
    /// <param name="room">At least <see cref="HashedLength"/> bytes for the hash.</param>
    /// <returns><paramref name="key"/>, or a part of <paramref name="room"/>.</returns>
    public static ReadOnlySpan<byte> ForWire(ReadOnlySpan<byte> key, Span<byte> room)
    {
        if (key.Length is > 0 and <= MaxLength && !key.ContainsAny(Forbidden))
        {
            return key;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, digest);
        for (int i = 0; i < digest.Length; i++)
        {
            room[2 * i] = "0123456789abcdef"u8[digest[i] >> 4];
            room[(2 * i) + 1] = "0123456789abcdef"u8[digest[i] & 0xF];
        }
        return room[..HashedLength];
    }
}
