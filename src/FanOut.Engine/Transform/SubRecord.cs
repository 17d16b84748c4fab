namespace FanOut.Engine.Transform;

/// <summary>One of the records that a record holds: a user record of a KPL aggregate, or a log event of CloudWatch Logs. Its members are slices of what holds it, which must outlive them.</summary>
/// <param name="PartitionKey">The record's own partition key, of a log event its id; valid UTF-8.</param>
/// <param name="ExplicitHashKey">The decimal hash that overrides the key's, valid UTF-8; empty if the producer gave none.</param>
/// <param name="Data">The record's data.</param>
public readonly record struct SubRecord(
    ReadOnlyMemory<byte> PartitionKey,
    ReadOnlyMemory<byte> ExplicitHashKey,
    ReadOnlyMemory<byte> Data)
{
    /// <summary>Why the data cannot be unpacked, and stands here as it came; null: it can.</summary>
    public UnpackFault? Fault { get; init; }
}
