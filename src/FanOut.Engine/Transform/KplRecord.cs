namespace FanOut.Engine.Transform;

/// <summary>One user record of a KPL aggregate. All members are slices of the aggregate, so it must outlive them.</summary>
/// <param name="PartitionKey">The record's own partition key, valid UTF-8.</param>
/// <param name="ExplicitHashKey">The decimal hash that overrides the key's, valid UTF-8; empty if the producer gave none.</param>
/// <param name="Data">The record's data.</param>
public readonly record struct KplRecord(
    ReadOnlyMemory<byte> PartitionKey,
    ReadOnlyMemory<byte> ExplicitHashKey,
    ReadOnlyMemory<byte> Data);
