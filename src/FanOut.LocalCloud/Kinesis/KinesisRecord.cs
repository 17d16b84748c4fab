namespace FanOut.LocalCloud.Kinesis;

/// <summary>One record of a shard.</summary>
/// <param name="SequenceNumber">56 digits, increasing within the shard.</param>
/// <param name="ArrivedAt">When it arrived.</param>
/// <param name="PartitionKey">The key that chose the shard, unless an explicit hash key did.</param>
/// <param name="Data">The bytes, not base64.</param>
public sealed record KinesisRecord(string SequenceNumber, DateTimeOffset ArrivedAt, string PartitionKey, ReadOnlyMemory<byte> Data);
