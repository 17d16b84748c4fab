using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Kinesis;

/// <summary>A record as GetRecords hands it over; Kinesis calls it <c>Record</c>.</summary>
/// <param name="SequenceNumber">Its number, greater than those before it in its shard.</param>
/// <param name="PartitionKey">Its key.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="ApproximateArrivalTimestamp">About when it came, in UTC; null: the service does not say.</param>
public sealed record ShardData(string SequenceNumber, string PartitionKey, ReadOnlyMemory<byte> Data, DateTime? ApproximateArrivalTimestamp)
{
    internal static ShardData Read(JsonElement json) => new(
        json.GetProperty(nameof(SequenceNumber)).GetString()!,
        json.Text("PartitionKey") ?? "",
        json.Member("Data")?.GetBytesFromBase64() ?? [],
        json.Time("ApproximateArrivalTimestamp"));
}
