using System.Text.Json;
using FanOut.Local.Events;

namespace FanOut.DeadLetters.Replays;

/// <summary>Takes an event of Lambda apart into its records.</summary>
internal static class SplitEvent
{
    /// <summary>The records, each with its own JSON as it is.</summary>
    /// <param name="given">The event.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static IEnumerable<EventRecord> Of(GivenUpEvent given)
    {
        using var document = JsonDocument.Parse(given.Json, LetterData.Depth);
        int number = 0;
        foreach (JsonElement record in document.RootElement.Member("Records") is { ValueKind: JsonValueKind.Array } records ? records.EnumerateArray() : default)
        {
            yield return Of(record, new FilePlace(given.File.Found.Key, given.File.Moment, ++number), given.File.ShardId);
        }
    }

    private static EventRecord Of(JsonElement record, FilePlace place, string shardId)
    {
        JsonElement? kinesis = record.Member("kinesis"), table = record.Member("dynamodb"), topic = record.Member("Sns");
        return new EventRecord
        {
            Whole = record.GetRawText(),
            ShardId = shardId,
            SequenceNumber = kinesis?.Text("sequenceNumber") ?? table?.Text("SequenceNumber") ?? topic?.Text("MessageId") ?? "",
            Time = Seconds(kinesis?.Member("approximateArrivalTimestamp") ?? table?.Member("ApproximateCreationDateTime")) ?? topic?.Time("Timestamp") ?? default,
            Place = place,
        };
    }

    private static DateTimeOffset? Seconds(JsonElement? number) =>
        number is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetDecimal(out decimal value) && value is > 0 and < 100_000_000_000m
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(value * 1000))
            : null;
}
