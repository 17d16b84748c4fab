using System.Buffers.Text;

namespace FanOut.Engine.Memcached;

/// <summary>The commands of the text protocol, as bytes. No I/O.</summary>
/// <remarks>https://github.com/memcached/memcached/blob/master/doc/protocol.txt</remarks>
internal static class MemcachedCommand
{
    /// <summary>The most bytes that <see cref="WriteSet"/> or <see cref="WriteDelete"/> writes.</summary>
    public const int MaxLength = 4 + MemcachedKey.MaxLength + 5 + 10 + 2;

    /// <summary>What ends a line and a value.</summary>
    public static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    /// <summary>Asks for the servers of the cluster (ElastiCache's own command).</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoDiscovery.AddingToYourClientLibrary.html</remarks>
    public static ReadOnlyMemory<byte> GetCluster { get; } = "config get cluster\r\n"u8.ToArray();

    /// <summary>Writes the line before a value: <c>set key 0 0 length</c>, without flags and expiry.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="key">The record's key, of any form.</param>
    /// <param name="valueLength">The value's length in bytes; the value and <see cref="LineEnd"/> follow.</param>
    /// <returns>The number of bytes written.</returns>
    public static int WriteSet(Span<byte> destination, ReadOnlySpan<byte> key, int valueLength)
    {
        Span<byte> room = stackalloc byte[MemcachedKey.HashedLength];
        int length = Append(destination, 0, "set "u8);
        length = Append(destination, length, MemcachedKey.ForWire(key, room));
        length = Append(destination, length, " 0 0 "u8);
        Utf8Formatter.TryFormat(valueLength, destination[length..], out int digits);
        return Append(destination, length + digits, LineEnd);
    }

    /// <summary>Writes <c>delete key</c>.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="key">The record's key, of any form.</param>
    /// <returns>The number of bytes written.</returns>
    public static int WriteDelete(Span<byte> destination, ReadOnlySpan<byte> key)
    {
        Span<byte> room = stackalloc byte[MemcachedKey.HashedLength];
        int length = Append(destination, 0, "delete "u8);
        length = Append(destination, length, MemcachedKey.ForWire(key, room));
        return Append(destination, length, LineEnd);
    }

    private static int Append(Span<byte> destination, int length, ReadOnlySpan<byte> text)
    {
        text.CopyTo(destination[length..]);
        return length + text.Length;
    }
}
