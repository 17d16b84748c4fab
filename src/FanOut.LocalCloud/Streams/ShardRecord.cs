namespace FanOut.LocalCloud.Streams;

/// <summary>One record of a shard, ready to be delivered by an event source mapping.</summary>
/// <param name="SequenceNumber">Decimal digits, strictly increasing within the shard when compared as numbers.</param>
/// <param name="ArrivedAt">When the record arrived.</param>
/// <param name="EventJson">The record as an element of the event's <c>Records</c> array: one JSON object, UTF-8.</param>
public sealed record ShardRecord(string SequenceNumber, DateTimeOffset ArrivedAt, ReadOnlyMemory<byte> EventJson);
