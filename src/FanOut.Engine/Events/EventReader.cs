using System.Text.Json;
using System.Text.Unicode;

namespace FanOut.Engine.Events;

/// <summary>Reads a Lambda event from front to back, into records grouped by source.</summary>
/// <remarks>
/// <code>
/// {"Records":[{"eventSourceARN":"…","eventName":"…","kinesis":{"partitionKey":"…","sequenceNumber":"…","data":"base64"}},
///             {"eventSourceARN":"…","eventName":"INSERT","dynamodb":{"Keys":{…},"NewImage":{…},"OldImage":{…},"SequenceNumber":"…"}},
///             {"EventSource":"aws:sns","Sns":{"TopicArn":"…","MessageId":"…","Message":"…"}}]}
/// </code>
/// The event as a whole is an error only if it is not JSON or names no source that FanOut knows. An event with an empty list of records is not an error: it is
/// how Lambda ends a tumbling window (https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html). What is wrong inside one record is that record's
/// <see cref="StreamRecord.Problem"/>. What Lambda writes for Kinesis and DynamoDB is first tried in just these layouts, which is faster (<see cref="KinesisLayout"/>, <see cref="DynamoLayout"/>).
/// </remarks>
public static class EventReader
{
    // Lambda nests an item of DynamoDB 69 deep. What is deeper than a record may be is found record by record, so the reader itself has no limit.
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>Reads an event. The records point into <paramref name="json"/>, which must stay as it is while they are used.</summary>
    /// <exception cref="InvalidEventException">It is not an event of a source that we know.</exception>
    public static IReadOnlyList<RecordGroup> Read(ReadOnlyMemory<byte> json) => KinesisLayout.TryRead(json) ?? DynamoLayout.TryRead(json) ?? ReadAny(json);

    /// <summary>Reads an event in whatever layout.</summary>
    /// <exception cref="InvalidEventException">It is not an event of a source that we know.</exception>
    internal static IReadOnlyList<RecordGroup> ReadAny(ReadOnlyMemory<byte> json)
    {
        var groups = new GroupRecords();
        bool hasRecords;
        try
        {
            hasRecords = TryReadEvent(json, groups);
        }
        catch (JsonException e)
        {
            throw new InvalidEventException($"The event is not JSON: {e.Message}", e);
        }

        return groups.Groups.Count > 0 || (hasRecords && groups.Unplaced is null) ? groups.Groups : throw new InvalidEventException(groups.Unplaced is { } problem
            ? $"The event has no record of Kinesis, DynamoDB Streams or SNS. {problem}"
            : "The event has no Records: the function takes events of Kinesis, DynamoDB Streams and SNS. Connect it with Connect-FanOutSource.");
    }

    /// <summary>Reads the records, and says whether there is a list of them, be it empty.</summary>
    private static bool TryReadEvent(ReadOnlyMemory<byte> json, GroupRecords groups)
    {
        var reader = new Utf8JsonReader(json.Span, AnyDepth);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new InvalidEventException("The event is not a JSON object.");
        }

        // Looked at once for all records: nearly every event is, and text that is not must not get into anybody's requests.
        bool isUtf8 = Utf8.IsValid(json.Span), hasRecords = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isRecords = reader.ValueTextEquals("Records"u8);
            reader.Read();
            if (isRecords && reader.TokenType == JsonTokenType.StartArray)
            {
                hasRecords = true;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    groups.Add(ReadRecord.From(json, isUtf8, ref reader));
                }
            }
            else
            {
                reader.Skip();
            }
        }

        // Throws where anything follows.
        reader.Read();
        return hasRecords;
    }
}
