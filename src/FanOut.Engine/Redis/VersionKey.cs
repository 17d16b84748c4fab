namespace FanOut.Engine.Redis;

/// <summary>The key beside an entry's own under which the time of the entry's last change stands.</summary>
/// <remarks>
/// In a cluster both must lie in the same hash slot, or no script may touch them together. A slot is the CRC16 of the key, or of what stands in its first braces
/// (https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags). The prefix has no braces, so a key's own stay the first; and its CRC16 is 0, so that of all that follows
/// is as if it were not there. That is what <c>vm9</c> is for.
/// </remarks>
internal static class VersionKey
{
    /// <summary>What such keys begin with.</summary>
    public static ReadOnlySpan<byte> Prefix => "fanout:changed:vm9:"u8;

    /// <summary>The key beside an entry's.</summary>
    /// <param name="key">The entry's key.</param>
    public static byte[] Of(ReadOnlySpan<byte> key) => [.. Prefix, .. key];

    /// <summary>Whether an entry's key looks like one of them. Then whoever chooses it could decide which changes of another entry count as late.</summary>
    /// <param name="key">The entry's key.</param>
    public static bool IsReserved(ReadOnlySpan<byte> key) => key.StartsWith(Prefix);
}
