using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace FanOut.LocalCloud.Wire;

/// <summary>MD5, where AWS's interfaces need it: to assign keys to shards, and as the checksum of messages in the answers of queues.</summary>
[SuppressMessage("Security", "CA5351", Justification = "Part of the AWS interface, not a protection.")]
internal static class Checksum
{
    public static byte[] Md5(ReadOnlySpan<byte> bytes) => MD5.HashData(bytes);

    public static string Md5Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(MD5.HashData(bytes)).ToLowerInvariant();
}
