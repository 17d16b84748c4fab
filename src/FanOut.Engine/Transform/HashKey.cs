using System.Security.Cryptography;
using System.Text;

namespace FanOut.Engine.Transform;

/// <summary>Measures keys, and shortens those that are too long for a target: to their hash, so that distinct keys stay distinct.</summary>
public static class HashKey
{
    /// <summary>The length of a hashed key: 64 bytes.</summary>
    public const int HexBytes = SHA256.HashSizeInBytes * 2;

    /// <summary>Writes the key's SHA-256 in lower-case hexadecimal.</summary>
    /// <param name="key">The whole key.</param>
    /// <param name="destination">At least <see cref="HexBytes"/> bytes.</param>
    /// <returns>The number of bytes written: <see cref="HexBytes"/>.</returns>
    public static int WriteSha256Hex(ReadOnlySpan<byte> key, Span<byte> destination)
    {
        destination = destination[..HexBytes];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(key, hash);
        ReadOnlySpan<byte> hex = "0123456789abcdef"u8;
        for (int i = 0; i < hash.Length; i++)
        {
            destination[2 * i] = hex[hash[i] >> 4];
            destination[(2 * i) + 1] = hex[hash[i] & 0xF];
        }
        return HexBytes;
    }

    /// <summary>The key's length in characters, as Kinesis counts them against its limit of 256.</summary>
    /// <remarks>
    /// Counted in UTF-16 code units, so a character beyond U+FFFF counts twice. The API's reference says "Unicode strings with a maximum
    /// length limit of 256 characters" and no more; Amazon's own Java producer takes String.length(). Where the service should count
    /// code points instead, we err on the safe side: a key is hashed that would just have fitted, never one sent that is too long.
    /// <see href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecordsRequestEntry.html"/>.
    /// </remarks>
    /// <param name="utf8">The key in valid UTF-8.</param>
    public static int CharacterCount(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetCharCount(utf8);
}
