namespace FanOut.LocalCloud.Messages;

/// <summary>Remembers deduplication ids of FIFO queues and topics for five minutes.</summary>
internal sealed class Deduplication
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, (DateTimeOffset At, string MessageId, string Sequence)> _seen = new(StringComparer.Ordinal);

    /// <summary>The message that came with this id within the interval, or null.</summary>
    public (string MessageId, string Sequence)? Find(string id, DateTimeOffset now) =>
        _seen.TryGetValue(id, out (DateTimeOffset At, string MessageId, string Sequence) seen) && now - seen.At < Interval
            ? (seen.MessageId, seen.Sequence)
            : null;

    public void Remember(string id, DateTimeOffset now, string messageId, string sequence) => _seen[id] = (now, messageId, sequence);
}
