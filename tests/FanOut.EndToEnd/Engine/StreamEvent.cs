using System.Text.Json;
using FanOut.EndToEnd.Services;

namespace FanOut.EndToEnd.Engine;

/// <summary>Events as Lambda hands them over, their records numbered as Kinesis does.</summary>
internal static class StreamEvent
{
    private static readonly DateTimeOffset Time = new(2026, 1, 1, 0, 0, 0, 123, TimeSpan.Zero);

    public static string StreamArn(string name) => $"arn:aws:kinesis:{Emulated.Region}:{Emulated.Account}:stream/{name}";

    public static string TableArn(string name) =>
        $"arn:aws:dynamodb:{Emulated.Region}:{Emulated.Account}:table/{name}/stream/2026-01-01T00:00:00.000";

    /// <summary>An event of Kinesis.</summary>
    public static byte[] Kinesis(string source, params (string Key, byte[] Data)[] records) => LambdaEvent.Of(records.Select((record, index) =>
        LambdaEvent.Kinesis(record.Data, JsonEncodedText.Encode(record.Key).ToString(), Number(index), source, Time)));

    /// <summary>An event of DynamoDB Streams.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="changes">Keys and the new image, in DynamoDB's JSON; no image: the item was removed.</param>
    public static byte[] Dynamo(string source, params (string Keys, string? NewImage)[] changes) => LambdaEvent.Of(changes.Select((change, index) =>
        LambdaEvent.Dynamo(
            change.NewImage is null ? "REMOVE" : "MODIFY", change.Keys, change.NewImage, change.NewImage is null ? change.Keys : null, Number(index), source, Time)));

    /// <summary>The sequence number of a record, from 0.</summary>
    public static string Number(int index) => $"4959033827149025660855969253836157109592157598913658{index:D4}";
}
