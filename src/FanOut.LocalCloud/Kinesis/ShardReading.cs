namespace FanOut.LocalCloud.Kinesis;

/// <summary>What was read of a shard.</summary>
/// <param name="From">The position of the first record.</param>
/// <param name="Records">The records.</param>
/// <param name="End">The position behind the shard's newest record.</param>
/// <param name="Newest">When that arrived; null: there is none.</param>
/// <param name="IsClosed">Whether none will follow.</param>
internal sealed record ShardReading(int From, IReadOnlyList<KinesisRecord> Records, int End, DateTimeOffset? Newest, bool IsClosed);
