using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.EndToEnd.Services;

namespace FanOut.EndToEnd.Engine;

/// <summary>Events as Lambda hands them over, with every member that the services put in.</summary>
internal static class StreamEvent
{
    public static string StreamArn(string name) => $"arn:aws:kinesis:{Emulated.Region}:{Emulated.Account}:stream/{name}";

    public static string TableArn(string name) =>
        $"arn:aws:dynamodb:{Emulated.Region}:{Emulated.Account}:table/{name}/stream/2026-01-01T00:00:00.000";

    /// <summary>An event of Kinesis: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html</summary>
    public static byte[] Kinesis(string source, params (string Key, byte[] Data)[] records) => Event(records.Select((record, index) =>
    {
        string number = Number(index);
        return new JsonObject
        {
            ["kinesis"] = new JsonObject
            {
                ["kinesisSchemaVersion"] = "1.0",
                ["partitionKey"] = record.Key,
                ["sequenceNumber"] = number,
                ["data"] = Convert.ToBase64String(record.Data),
                ["approximateArrivalTimestamp"] = 1767225600.123,
            },
            ["eventSource"] = "aws:kinesis",
            ["eventVersion"] = "1.0",
            ["eventID"] = $"shardId-000000000000:{number}",
            ["eventName"] = "aws:kinesis:record",
            ["invokeIdentityArn"] = $"arn:aws:iam::{Emulated.Account}:role/fanout",
            ["awsRegion"] = Emulated.Region,
            ["eventSourceARN"] = source,
        };
    }));

    /// <summary>An event of DynamoDB Streams: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html</summary>
    /// <param name="source">The stream.</param>
    /// <param name="changes">Keys and the new image, in DynamoDB's JSON; no image: the item was removed.</param>
    public static byte[] Dynamo(string source, params (string Keys, string? NewImage)[] changes) => Event(changes.Select((change, index) =>
    {
        JsonObject dynamodb = new()
        {
            ["ApproximateCreationDateTime"] = 1767225600,
            ["Keys"] = Parse(change.Keys),
            ["SequenceNumber"] = Number(index),
            ["SizeBytes"] = 59,
            ["StreamViewType"] = "NEW_AND_OLD_IMAGES",
        };
        dynamodb[change.NewImage is null ? "OldImage" : "NewImage"] = Parse(change.NewImage ?? change.Keys);
        return new JsonObject
        {
            ["eventID"] = Guid.NewGuid().ToString("N"),
            ["eventName"] = change.NewImage is null ? "REMOVE" : "MODIFY",
            ["eventVersion"] = "1.1",
            ["eventSource"] = "aws:dynamodb",
            ["awsRegion"] = Emulated.Region,
            ["dynamodb"] = dynamodb,
            ["eventSourceARN"] = source,
        };
    }));

    /// <summary>The sequence number of a record, from 0.</summary>
    public static string Number(int index) => $"4959033827149025660855969253836157109592157598913658{index:D4}";

    // An item of 32 levels is twice as deep in typed JSON.
    private static JsonNode? Parse(string typed) => JsonNode.Parse(typed, null, new JsonDocumentOptions { MaxDepth = 128 });

    private static byte[] Event(IEnumerable<JsonObject> records) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["Records"] = new JsonArray([.. records]) }.ToJsonString());
}
