using System.Security.Cryptography;

namespace FanOut.Aws.Signing;

/// <summary>Hashes texts with an object that is made once: for a short text OpenSSL needs longer to make one than to hash. Thread-safe.</summary>
/// <param name="make">Makes the object.</param>
internal sealed class KeptHash(Func<IncrementalHash> make)
{
    // Who comes while another hashes makes one of his own.
    private IncrementalHash? _idle;

    /// <summary>SHA-256.</summary>
    public static KeptHash Sha256 { get; } = new(static () => IncrementalHash.CreateHash(HashAlgorithmName.SHA256));

    /// <summary>HMAC-SHA256.</summary>
    /// <param name="key">The key.</param>
    public static KeptHash HmacSha256(byte[] key) => new(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key));

    private static ReadOnlySpan<byte> Digits => "0123456789abcdef"u8;

    /// <summary>Hashes a text, into 32 bytes.</summary>
    public void Hash(ReadOnlySpan<byte> text, Span<byte> hash)
    {
        IncrementalHash own = Interlocked.Exchange(ref _idle, null) ?? make();
        own.AppendData(text);
        own.GetHashAndReset(hash);
        if (Interlocked.CompareExchange(ref _idle, own, null) is not null)
        {
            own.Dispose();
        }
    }

    /// <summary>The hash of a text in lower-case hex.</summary>
    public string HexOf(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(text, hash);
        Span<char> hex = stackalloc char[2 * SHA256.HashSizeInBytes];
        for (int i = 0; i < hash.Length; i++)
        {
            hex[2 * i] = (char)Digits[hash[i] >> 4];
            hex[(2 * i) + 1] = (char)Digits[hash[i] & 15];
        }

        return new string(hex);
    }
}
