using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>Keys that fit their target: one that does not is replaced by its SHA-256 in hex, never cut.</summary>
internal static class Keys
{
    /// <summary>Kinesis: 1 to 256 characters.</summary>
    public static ReadOnlyMemory<byte> ForKinesis(ReadOnlyMemory<byte> key) =>
        !key.IsEmpty && (key.Length <= 256 || HashKey.CharacterCount(key.Span) <= 256) ? key : Hashed(key);

    /// <summary>OpenSearch: at most 512 bytes.</summary>
    public static ReadOnlyMemory<byte> ForDocument(ReadOnlyMemory<byte> key) => key.Length is > 0 and <= 512 ? key : Hashed(key);

    /// <summary>FIFO groups: at most 128 letters, digits and punctuation marks of ASCII.</summary>
    public static ReadOnlyMemory<byte> ForGroup(ReadOnlyMemory<byte> key) =>
        key.Length is > 0 and <= 128 && key.Span.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0 ? key : Hashed(key);

    private static ReadOnlyMemory<byte> Hashed(ReadOnlyMemory<byte> key)
    {
        byte[] hash = new byte[HashKey.HexBytes];
        HashKey.WriteSha256Hex(key.Span, hash);
        return hash;
    }
}
