using FanOut.Local.Events;

namespace FanOut.Local.Streams;

/// <summary>The records of a shard from one sequence number to another.</summary>
/// <param name="Records">The records that the stream still holds.</param>
/// <param name="IsTrimmed">Whether the first of them are gone.</param>
internal sealed record ShardRange(IReadOnlyList<EventRecord> Records, bool IsTrimmed);
