using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FanOut.Engine.Events;

namespace FanOut.Local.Events;

/// <summary>Writes the events that Lambda would hand over: the one writer of the module, whose events the function's reader takes.</summary>
/// <remarks>
/// Their forms: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html, https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html,
/// https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html.
/// </remarks>
internal static class WriteEvent
{
    // Base64 with + as it is: that is what Lambda writes, and what the function reads fastest.
    private static readonly JsonWriterOptions AsLambda = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An event of records.</summary>
    /// <param name="sourceArn">Their source, which decides the form.</param>
    /// <param name="records">The records, in the order of the source.</param>
    public static byte[] Of(string sourceArn, IReadOnlyList<EventRecord> records)
    {
        var buffer = new ArrayBufferWriter<byte>(SizeOf(records));
        Into(buffer, sourceArn, records);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes an event of records.</summary>
    /// <param name="buffer">Where it is written.</param>
    /// <param name="sourceArn">Their source, which decides the form.</param>
    /// <param name="records">The records, in the order of the source.</param>
    public static void Into(IBufferWriter<byte> buffer, string sourceArn, IReadOnlyList<EventRecord> records)
    {
        using var json = new Utf8JsonWriter(buffer, AsLambda);
        json.WriteStartObject();
        json.WriteStartArray("Records");
        foreach (EventRecord record in records)
        {
            Write(json, sourceArn, record);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>About how many bytes an event of records has; rather too many than too few.</summary>
    public static int SizeOf(IReadOnlyList<EventRecord> records) =>
        (int)Math.Min(int.MaxValue / 2, 64 + records.Sum(static r => r.Whole.IsEmpty ? 500L + (r.Data.Length * 4L / 3) + r.OldImage.Length + (r.Key.Length * 3L) : r.Whole.Length + 1L));

    /// <summary>The bytes that a record of Kinesis or a message has.</summary>
    public static ReadOnlyMemory<byte> DataOf(string sourceArn, EventRecord record) => record.CarriesChange ? Change(sourceArn, record) : record.Data;

    private static void Write(Utf8JsonWriter json, string sourceArn, EventRecord record)
    {
        if (!record.Whole.IsEmpty)
        {
            json.WriteRawValue(record.Whole.Span);
        }
        else if (SourceArn.IsOf(SourceKind.Kinesis, sourceArn))
        {
            WriteKinesis(json, sourceArn, record);
        }
        else if (SourceArn.IsOf(SourceKind.DynamoDb, sourceArn))
        {
            WriteDynamo(json, sourceArn, record);
        }
        else
        {
            WriteSns(json, sourceArn, record);
        }
    }

    private static void WriteKinesis(Utf8JsonWriter json, string sourceArn, EventRecord record)
    {
        json.WriteStartObject();
        json.WriteStartObject("kinesis");
        json.WriteString("kinesisSchemaVersion", "1.0");
        json.WriteString("partitionKey", record.CarriesChange ? Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(record.Key)))[..32] : record.Key);
        json.WriteString("sequenceNumber", record.SequenceNumber);
        json.WriteBase64String("data", DataOf(sourceArn, record).Span);
        json.WriteNumber("approximateArrivalTimestamp", Seconds(record.Time));
        json.WriteEndObject();
        json.WriteString("eventSource", "aws:kinesis");
        json.WriteString("eventVersion", "1.0");
        json.WriteString("eventID", $"{record.ShardId}:{record.SequenceNumber}");
        json.WriteString("eventName", "aws:kinesis:record");
        json.WriteString("invokeIdentityArn", "");
        json.WriteString("awsRegion", RegionOf(sourceArn));
        json.WriteString("eventSourceARN", sourceArn);
        json.WriteEndObject();
    }

    // What DynamoDB puts into a Kinesis stream for a change: see the engine's ReadChange. The table is named as the stream is.
    private static byte[] Change(string sourceArn, EventRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, AsLambda))
        {
            json.WriteStartObject();
            json.WriteString("awsRegion", RegionOf(sourceArn));
            json.WriteString("eventID", record.SequenceNumber);
            json.WriteString("eventName", record.Change.ToString().ToUpperInvariant());
            json.WriteNull("userIdentity");
            json.WriteString("recordFormat", "application/json");
            json.WriteString("tableName", sourceArn[(sourceArn.LastIndexOf('/') + 1)..]);
            json.WriteStartObject("dynamodb");
            json.WriteNumber("ApproximateCreationDateTime", record.Time.ToUnixTimeMilliseconds() * 1_000);
            json.WritePropertyName("Keys");
            json.WriteRawValue(record.Key);
            WriteImage(json, "NewImage", record.Data);
            WriteImage(json, "OldImage", record.OldImage);
            json.WriteNumber("SizeBytes", record.Data.Length + record.OldImage.Length);
            json.WriteString("ApproximateCreationDateTimePrecision", "MICROSECOND");
            json.WriteEndObject();
            json.WriteString("eventSource", "aws:dynamodb");
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteDynamo(Utf8JsonWriter json, string sourceArn, EventRecord record)
    {
        json.WriteStartObject();
        json.WriteString("eventID", record.SequenceNumber);
        json.WriteString("eventName", record.Change.ToString().ToUpperInvariant());
        json.WriteString("eventVersion", "1.1");
        json.WriteString("eventSource", "aws:dynamodb");
        json.WriteString("awsRegion", RegionOf(sourceArn));
        json.WriteStartObject("dynamodb");
        json.WriteNumber("ApproximateCreationDateTime", decimal.Truncate(Seconds(record.Time)));
        json.WritePropertyName("Keys");
        json.WriteRawValue(record.Key);
        WriteImage(json, "NewImage", record.Data);
        WriteImage(json, "OldImage", record.OldImage);
        json.WriteString("SequenceNumber", record.SequenceNumber);
        json.WriteNumber("SizeBytes", record.Data.Length + record.OldImage.Length);
        json.WriteString("StreamViewType", "NEW_AND_OLD_IMAGES");
        json.WriteEndObject();
        json.WriteString("eventSourceARN", sourceArn);
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> image)
    {
        if (image.Length > 0)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(image.Span);
        }
    }

    private static void WriteSns(Utf8JsonWriter json, string sourceArn, EventRecord record)
    {
        json.WriteStartObject();
        json.WriteString("EventSource", "aws:sns");
        json.WriteString("EventVersion", "1.0");
        json.WriteString("EventSubscriptionArn", $"{sourceArn}:00000000-0000-0000-0000-000000000000");
        json.WriteStartObject("Sns");
        json.WriteString("Type", "Notification");
        json.WriteString("MessageId", record.SequenceNumber);
        json.WriteString("TopicArn", sourceArn);
        json.WriteString("Subject", record.Subject);
        json.WriteString("Message", Encoding.UTF8.GetString(record.Data.Span));
        json.WriteString("Timestamp", record.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WritePropertyName("MessageAttributes");
        json.WriteRawValue(record.Attributes ?? "{}");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static decimal Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000m;

    private static string RegionOf(string sourceArn) => Engine.Mappings.Arn.TryParse(sourceArn, out Engine.Mappings.Arn? arn) ? arn.Region : "";
}
