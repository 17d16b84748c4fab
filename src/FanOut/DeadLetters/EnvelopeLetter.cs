using System.Globalization;
using System.Text.Json;
using FanOut.Engine.Events;
using FanOut.Local.Events;

namespace FanOut.DeadLetters;

/// <summary>Reads the envelopes that FanOut's function writes; docs/deadletters.md describes them.</summary>
internal static class EnvelopeLetter
{
    private const int Version = 1;

    // The code of a record that could not be read: its data is the whole record of the event.
    private const string UnreadableRecord = "UnreadableRecord";

    /// <summary>Whether it is one.</summary>
    public static bool Looks(JsonElement json) => json.Number("version") is not null && json.Text("mappingId") is not null;

    /// <summary>Reads it.</summary>
    public static FanOutDeadLetter Read(JsonElement json, LetterPosition at)
    {
        int version = json.Number("version")!.Value;
        string? source = json.Text("sourceArn"), code = json.Text("code");
        byte[]? data = json.Member("data") is { } base64 ? base64.GetBytesFromBase64() : null;
        var facts = new LetterFacts
        {
            LetterType = "Record",
            Id = json.Text("mappingId"),
            SourceArn = source,
            Type = json.Text("type"),
            Destination = json.Text("destination"),
            Class = json.Text("class"),
            Code = code,
            Reason = json.Text("reason"),
            Attempts = json.Number("attempts"),
            Records = 1,
            Time = json.Time("lastAttempt"),
            FirstAttempt = json.Time("firstAttempt"),
            ArrivalTime = json.Time("arrivalTime"),
            ShardId = json.Text("shardId"),
            SequenceNumber = json.Text("sequenceNumber"),
            SubSequenceNumber = json.Number("subSequenceNumber"),
            Key = json.Text("partitionKey") ?? json.Member("keys")?.GetRawText(),
            RequestId = json.Text("requestId"),
            Data = data,
            DataOmitted = json.Member("dataOmitted") is { } omitted ? omitted.Text("reason") ?? "The letter does not say why." : null,
            FunctionName = json.Text("functionName"),
        };
        facts = version > Version ? facts with { Problem = $"It is an envelope of version {version}, and this module reads version {Version}: Update-PSResource FanOut." }
            : source is null ? facts with { Problem = "It does not name the source." }
            : data is null ? facts
            : IsWhole(facts, source) && !IsObject(data) ? facts with { Problem = "Its data should be a whole record, and is no JSON object: it cannot be sent again." }
            : facts with { Content = LetterContent.Of(RecordOf(json, facts, source, data)) };
        return facts.ToLetter(at);
    }

    private static EventRecord RecordOf(JsonElement json, LetterFacts facts, string source, byte[] data)
    {
        if (IsWhole(facts, source))
        {
            return new EventRecord { Whole = data };
        }

        return new EventRecord
        {
            Key = facts.Key ?? "",
            Data = data,
            SequenceNumber = NumberOf(facts),
            ShardId = facts.ShardId ?? "shardId-000000000000",
            Time = facts.ArrivalTime ?? facts.Time ?? default,
            Subject = json.Text("subject"),
            Attributes = json.Member("messageAttributes")?.GetRawText(),
        };
    }

    private static bool IsWhole(LetterFacts facts, string source) => facts.Code == UnreadableRecord || SourceArn.IsOf(SourceKind.DynamoDb, source);

    private static bool IsObject(byte[] data)
    {
        try
        {
            using var document = JsonDocument.Parse(data, LetterData.Depth);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Records of one aggregate share its number. Each gets its position behind it, as the engine makes ids of the two: so the letter has the id of the first try, by which
    // FIFO queues, state machines, endpoints and indexes know a repeat.
    private static string NumberOf(LetterFacts facts) => facts.SubSequenceNumber is { } sub
        ? string.Create(CultureInfo.InvariantCulture, $"{facts.SequenceNumber}.{sub}")
        : facts.SequenceNumber ?? "";
}
