using System.Globalization;
using System.Text;

namespace FanOut.LocalCloud.Kinesis;

/// <summary>A place in a shard, as the opaque text that clients pass around.</summary>
internal sealed record ShardIterator(string StreamArn, string ShardId, int Position, DateTimeOffset Issued)
{
    public string Write() => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{StreamArn}|{ShardId}|{Position}|{Issued.UtcTicks}")));

    /// <summary>The iterator, or null when the text was not made here.</summary>
    public static ShardIterator? Read(string text)
    {
        byte[] bytes = new byte[text.Length];
        string[] parts = Convert.TryFromBase64String(text, bytes, out int length) ? Encoding.UTF8.GetString(bytes, 0, length).Split('|') : [];
        return parts.Length == 4 && int.TryParse(parts[2], CultureInfo.InvariantCulture, out int position) && long.TryParse(parts[3], CultureInfo.InvariantCulture, out long ticks)
            ? new ShardIterator(parts[0], parts[1], position, new DateTimeOffset(ticks, TimeSpan.Zero))
            : null;
    }
}
