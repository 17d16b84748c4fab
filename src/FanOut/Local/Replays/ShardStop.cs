using FanOut.Engine.Batching;

namespace FanOut.Local.Replays;

/// <summary>Why a shard was not replayed to its end.</summary>
/// <param name="ShardId">The shard.</param>
/// <param name="SequenceNumber">The first record that is not settled; null: the shard could not be read.</param>
/// <param name="MappingId">The mapping whose target lacks it; null: no one's.</param>
/// <param name="Failure">Why the target lacks it; null: the shard could not be read.</param>
/// <param name="Cause">Why it could not be read; null: it could.</param>
internal sealed record ShardStop(string ShardId, string? SequenceNumber, string? MappingId, Failure? Failure, Exception? Cause);
