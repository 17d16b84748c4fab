namespace FanOut.Aws.Kinesis;

/// <summary>One record of a PutRecords call.</summary>
/// <param name="Data">The record's bytes.</param>
/// <param name="PartitionKey">1 to 256 characters, UTF-8.</param>
/// <param name="ExplicitHashKey">A 128-bit number in decimal digits that overrides the key's hash; empty: none.</param>
public readonly record struct PutRecordsRequestEntry(Blob Data, ReadOnlyMemory<byte> PartitionKey, ReadOnlyMemory<byte> ExplicitHashKey);
