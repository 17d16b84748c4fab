using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FanOut.Engine.Transform;

/// <summary>The first 64 bits of SHA-256: enough to distinguish the records of a batch, whose sequence numbers no attacker can choose.</summary>
internal static class Digest
{
    public static ulong Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
