using FanOut.Local.Events;

namespace FanOut.Local.Streams;

/// <summary>What one call has read of a shard.</summary>
/// <param name="Records">The records, in the shard's order; there may be none in between.</param>
/// <param name="Next">The iterator behind them; null: the shard is closed and has been read to its end.</param>
internal sealed record StreamPage(IReadOnlyList<EventRecord> Records, string? Next)
{
    /// <summary>How much older than the stream's newest record the page is; null: the service does not say.</summary>
    public TimeSpan? Behind { get; init; }

    /// <summary>The bytes of data.</summary>
    public long Bytes { get; init; }

    /// <summary>Whether there was nothing behind it when it was read.</summary>
    public bool IsLast { get; init; }

    /// <summary>Whether records before it are gone that were asked for: the stream holds them no more.</summary>
    public bool IsTrimmed { get; init; }

    /// <summary>The memory in which the records lie, which is used again when that is disposed of; null: they have their own.</summary>
    public IDisposable? Memory { get; init; }
}
