using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FanOut.LocalCloud.Streams;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>The stream of a table: one record per change, in the shape in which Lambda delivers it.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html and https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html</remarks>
internal sealed class TableStream
{
    private const decimal BeforeFirst = 100_000_000_000_000_000_000_000m;

    private readonly string _view;
    private readonly KeySchema _schema;
    private readonly List<EventShard> _all;
    private long _sequence;

    public TableStream(string tableArn, string view, KeySchema schema, int shards, DateTimeOffset created)
    {
        (_view, _schema) = (view, schema);
        Label = created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);
        EventShard[] all =
        [
            .. Enumerable.Range(0, shards).Select(index => new EventShard(
                string.Create(CultureInfo.InvariantCulture, $"shardId-{created.ToUnixTimeMilliseconds():D20}-{index:x8}"))),
        ];
        _all = [.. all];
        Source = new EventStream($"{tableArn}/stream/{Label}", all);
    }

    /// <summary>The sequence number of a new stream's first record.</summary>
    public static string FirstSequenceNumber { get; } = string.Create(CultureInfo.InvariantCulture, $"{BeforeFirst + 1:F0}");

    public EventStream Source { get; }

    /// <summary>All shards, closed ones too; event source mappings read those with which the stream was made.</summary>
    public IReadOnlyList<EventShard> Shards
    {
        get { lock (_all) { return [.. _all]; } }
    }

    public string Label { get; }

    public string View => _view;

    /// <summary>Appends a change; the caller holds the table's lock, so that changes keep their order.</summary>
    public void Append(JsonObject? before, JsonObject? after, DateTimeOffset now, bool expired)
    {
        JsonObject key = _schema.Of(after ?? before!);
        string sequence = string.Create(CultureInfo.InvariantCulture, $"{BeforeFirst + ++_sequence:F0}");
        uint spread = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(Checksum.Md5(_schema.HashBytes(key)));
        EventShard[] open = [.. Shards.Where(candidate => !candidate.IsClosed)];
        EventShard shard = open[spread % (uint)open.Length];
        shard.Append(new ShardRecord(sequence, now, EventJson(key, before, after, sequence, now, expired)));
    }

    /// <summary>Closes each open shard and has another one follow it, as DynamoDB does every few hours; the caller holds the table's lock.</summary>
    public void Roll(DateTimeOffset now)
    {
        lock (_all)
        {
            EventShard[] open = [.. _all.Where(shard => !shard.IsClosed)];
            foreach (EventShard shard in open)
            {
                shard.Close();
                _all.Add(new EventShard(string.Create(CultureInfo.InvariantCulture, $"shardId-{now.ToUnixTimeMilliseconds():D20}-{_all.Count:x8}"), shard.Id));
            }
        }
    }

    private ReadOnlyMemory<byte> EventJson(JsonObject key, JsonObject? before, JsonObject? after, string sequence, DateTimeOffset now, bool expired)
    {
        JsonObject? oldImage = _view is "OLD_IMAGE" or "NEW_AND_OLD_IMAGES" ? before : null;
        JsonObject? newImage = _view is "NEW_IMAGE" or "NEW_AND_OLD_IMAGES" ? after : null;
        return JsonAnswer.Object(json =>
        {
            json.WriteString("eventID", Checksum.Md5Hex(System.Text.Encoding.UTF8.GetBytes(Source.Arn + sequence)));
            json.WriteString("eventName", before is null ? "INSERT" : after is null ? "REMOVE" : "MODIFY");
            json.WriteString("eventVersion", "1.1");
            json.WriteString("eventSource", "aws:dynamodb");
            json.WriteString("awsRegion", ArnText.Part(Source.Arn, 3));
            json.WriteStartObject("dynamodb");
            json.WriteNumber("ApproximateCreationDateTime", now.ToUnixTimeSeconds());
            WriteImage(json, "Keys", key);
            WriteImage(json, "NewImage", newImage);
            WriteImage(json, "OldImage", oldImage);
            json.WriteString("SequenceNumber", sequence);
            json.WriteNumber("SizeBytes", AttributeValues.Size(key) + Size(newImage) + Size(oldImage));
            json.WriteString("StreamViewType", _view);
            json.WriteEndObject();
            if (expired)
            {
                json.WriteStartObject("userIdentity");
                json.WriteString("principalId", "dynamodb.amazonaws.com");
                json.WriteString("type", "Service");
                json.WriteEndObject();
            }

            json.WriteString("eventSourceARN", Source.Arn);
        });
    }

    internal static int Size(JsonObject? image) => image is null ? 0 : AttributeValues.Size(image);

    internal static void WriteImage(Utf8JsonWriter json, string name, JsonObject? image)
    {
        if (image is not null)
        {
            json.WritePropertyName(name);
            image.WriteTo(json);
        }
    }
}
