using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.DynamoDBStreams;

/// <summary>A change of an item as GetRecords hands it over; DynamoDB Streams calls it <c>Record</c>.</summary>
/// <param name="SequenceNumber">Its number, greater than those before it in its shard.</param>
/// <param name="ApproximateCreationDateTime">About when the item was changed, in whole seconds, in UTC; null: the service does not say.</param>
/// <param name="Keys">The item's keys, in DynamoDB's typed JSON.</param>
/// <param name="Json">The whole record, as the service wrote it.</param>
public sealed record TableChange(string SequenceNumber, DateTime? ApproximateCreationDateTime, string Keys, string Json)
{
    internal static TableChange Read(JsonElement json)
    {
        JsonElement change = json.GetProperty("dynamodb");
        return new(
            change.GetProperty(nameof(SequenceNumber)).GetString()!,
            change.Time("ApproximateCreationDateTime"),
            change.Member("Keys")?.GetRawText() ?? "{}",
            json.GetRawText());
    }
}
