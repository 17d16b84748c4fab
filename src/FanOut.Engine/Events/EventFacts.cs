using System.Globalization;
using System.Text.Json;

namespace FanOut.Engine.Events;

/// <summary>What an event says of a record that delivery does not need. It is read on demand, so that delivery does not pay for it.</summary>
/// <param name="ShardId">Kinesis: the shard that the record came from; null: another source, or the event does not say so.</param>
/// <param name="ArrivalTime">When the record came to its source; null: the event does not say so.</param>
/// <param name="StreamViewType">DynamoDB: which images the table's stream carries; null: the event does not say so.</param>
internal readonly record struct EventFacts(string? ShardId, DateTimeOffset? ArrivalTime, string? StreamViewType)
{
    // The deepest item of DynamoDB makes a record of 69 levels.
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Reads them from a record of an event; what is not understood is absent.</summary>
    public static EventFacts Of(in StreamRecord record) => Of(record, isTimeAlone: false);

    /// <summary>When the record came to its source, which costs no object; null: the event does not say so.</summary>
    public static DateTimeOffset? ArrivalOf(in StreamRecord record) => Of(record, isTimeAlone: true).ArrivalTime;

    private static EventFacts Of(in StreamRecord record, bool isTimeAlone)
    {
        try
        {
            return Read(record.Raw.Span, isTimeAlone);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    // {"eventID":"shardId-000000000006:4959…","kinesis":{"approximateArrivalTimestamp":1545084650.987}}
    // {"eventID":"c4ca42…","dynamodb":{"ApproximateCreationDateTime":1479499740,"StreamViewType":"NEW_IMAGE"}}
    // {"EventSource":"aws:sns","Sns":{"Timestamp":"2019-01-02T12:45:07.000Z"}}
    private static EventFacts Read(ReadOnlySpan<byte> raw, bool isTimeAlone)
    {
        EventFacts facts = default;
        var reader = new Utf8JsonReader(raw, AnyDepth);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isSource = reader.ValueTextEquals("kinesis"u8) || reader.ValueTextEquals("dynamodb"u8) || reader.ValueTextEquals("Sns"u8);
            bool isId = !isTimeAlone && reader.ValueTextEquals("eventID"u8);
            reader.Read();
            if (isSource && reader.TokenType == JsonTokenType.StartObject)
            {
                (DateTimeOffset? time, string? viewType) = ReadSource(ref reader, isTimeAlone);
                facts = facts with { ArrivalTime = time, StreamViewType = viewType };
                if (isTimeAlone)
                {
                    return facts;
                }
            }
            else if (isId && reader.TokenType == JsonTokenType.String)
            {
                facts = facts with { ShardId = ShardOf(reader.GetString()!) };
            }
            else
            {
                reader.Skip();
            }
        }

        return facts;
    }

    private static (DateTimeOffset? Time, string? ViewType) ReadSource(ref Utf8JsonReader reader, bool isTimeAlone)
    {
        DateTimeOffset? time = null;
        string? viewType = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isTime = reader.ValueTextEquals("approximateArrivalTimestamp"u8) || reader.ValueTextEquals("ApproximateCreationDateTime"u8) || reader.ValueTextEquals("Timestamp"u8);
            bool isViewType = !isTimeAlone && reader.ValueTextEquals("StreamViewType"u8);
            reader.Read();
            if (isViewType && reader.TokenType == JsonTokenType.String)
            {
                viewType = reader.GetString();
            }
            else if (!isTime)
            {
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.Number)
            {
                time = OfSeconds(ref reader);
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                time = OfText(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return (time, viewType);
    }

    private static DateTimeOffset? OfSeconds(ref Utf8JsonReader reader) =>
        reader.TryGetDecimal(out decimal seconds) && seconds is >= 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)decimal.Round(seconds * 1000))
            : null;

    // "2019-01-02T12:45:07.000Z", as SNS writes it, without a string of it; others may write a time in other ways.
    private static DateTimeOffset? OfText(ref Utf8JsonReader reader) =>
        reader.TryGetDateTimeOffset(out DateTimeOffset usual) ? usual
        : DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset read) ? read
        : null;

    // Only Kinesis has "shard:number"; the event ids of DynamoDB Streams name no shard.
    private static string? ShardOf(string eventId) =>
        eventId.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && eventId.StartsWith("shardId-", StringComparison.Ordinal) ? eventId[..colon] : null;
}
