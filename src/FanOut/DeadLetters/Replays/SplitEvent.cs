using System.Text.Json;
using FanOut.Local.Events;

namespace FanOut.DeadLetters.Replays;

/// <summary>Takes an event of Lambda apart into its records, which stay where they are: an event has megabytes.</summary>
internal static class SplitEvent
{
    private static readonly JsonReaderOptions AsDeep = new() { MaxDepth = LetterData.Depth.MaxDepth };

    /// <summary>The records, each with its own JSON as it is, which lies in the event.</summary>
    /// <param name="given">The event.</param>
    public static IEnumerable<EventRecord> Of(GivenUpEvent given)
    {
        int number = 0;
        foreach (Range place in given.Records)
        {
            yield return Of(given.Json[place], new FilePlace(given.File.Found.Key, given.File.Moment, ++number), given.File.ShardId);
        }
    }

    /// <summary>Where the records of an event lie.</summary>
    /// <param name="json">The event.</param>
    /// <returns>Empty: it has none.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static IReadOnlyList<Range> PlacesIn(ReadOnlySpan<byte> json)
    {
        List<Range> places = [];
        var reader = new Utf8JsonReader(json, AsDeep);
        bool isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
        while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool areRecords = reader.ValueTextEquals("Records"u8);
            reader.Read();
            if (!areRecords || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                places.Add(start..(int)reader.BytesConsumed);
            }
        }

        return places;
    }

    private static EventRecord Of(ReadOnlyMemory<byte> json, FilePlace place, string shardId)
    {
        using var document = JsonDocument.Parse(json, LetterData.Depth);
        JsonElement record = document.RootElement;
        JsonElement? kinesis = record.Member("kinesis"), table = record.Member("dynamodb"), topic = record.Member("Sns");
        return new EventRecord
        {
            Whole = json,
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
