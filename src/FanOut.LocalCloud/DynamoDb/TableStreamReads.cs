using System.Globalization;
using System.Numerics;
using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Kinesis;
using FanOut.LocalCloud.Streams;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.DynamoDb;

/// <summary>DynamoDB Streams' GetShardIterator and GetRecords.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html</remarks>
internal sealed class TableStreamReads(DynamoService dynamo)
{
    private const int MostRecords = 1_000;
    private const int MostBytes = 1024 * 1024;
    private static readonly TimeSpan IteratorLife = TimeSpan.FromMinutes(15);

    /// <summary>The stream that a call's iterator is of; null: it has none.</summary>
    public static string? StreamOf(ServiceCall call) => call.Json.Text("ShardIterator") is { } text ? ShardIterator.Read(text)?.StreamArn : null;

    public HttpResponse Begin(ServiceCall call)
    {
        string arn = call.Json.RequiredText("StreamArn");
        EventShard shard = Shard(arn, call.Json.RequiredText("ShardId"), call.Region);
        IReadOnlyList<ShardRecord> records = shard.Read(0, int.MaxValue);
        int position = call.Json.RequiredText("ShardIteratorType") switch
        {
            "TRIM_HORIZON" => shard.Trimmed,
            "LATEST" => records.Count,
            "AT_SEQUENCE_NUMBER" => records.Count(record => Number(record.SequenceNumber) < Sequence(call)),
            "AFTER_SEQUENCE_NUMBER" => records.Count(record => Number(record.SequenceNumber) <= Sequence(call)),
            string other => throw new ServiceException("ValidationException", $"1 validation error detected: Value '{other}' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON]"),
        };
        CheckTrimmed(shard, position);
        return JsonAnswer.Of(json => json.WriteString("ShardIterator", new ShardIterator(arn, shard.Id, position, call.Time).Write()));
    }

    public HttpResponse Next(ServiceCall call)
    {
        ShardIterator iterator = ShardIterator.Read(call.Json.RequiredText("ShardIterator")) ?? throw new ServiceException("ValidationException", "Invalid ShardIterator.");
        if (call.Time - iterator.Issued > IteratorLife)
        {
            throw new ServiceException("ExpiredIteratorException", "Iterator expired. An iterator is valid for 15 minutes.");
        }

        int limit = call.Json.Number("Limit") ?? MostRecords;
        if (limit is < 1 or > MostRecords)
        {
            throw new ServiceException("LimitExceededException", $"Limit {limit} is not between 1 and {MostRecords}.");
        }

        EventShard shard = Shard(iterator.StreamArn, iterator.ShardId, call.Region);
        CheckTrimmed(shard, iterator.Position);
        List<ShardRecord> page = [];
        int bytes = 0;
        foreach (ShardRecord record in shard.Read(iterator.Position, limit))
        {
            bytes += record.EventJson.Length;
            if (page.Count > 0 && bytes > MostBytes)
            {
                break;
            }

            page.Add(record);
        }

        ShardIterator next = iterator with { Position = iterator.Position + page.Count, Issued = call.Time };
        bool isAtEnd = shard.IsClosed && next.Position >= shard.Count;
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("Records");
            foreach (ShardRecord record in page)
            {
                Write(json, record);
            }

            json.WriteEndArray();
            if (!isAtEnd)
            {
                json.WriteString("NextShardIterator", next.Write());
            }
        });
    }

    // The record of an event without the stream's ARN; the identity's members are written with capitals here.
    private static void Write(Utf8JsonWriter json, ShardRecord record)
    {
        using JsonDocument document = JsonDocument.Parse(record.EventJson);
        json.WriteStartObject();
        foreach (JsonProperty member in document.RootElement.EnumerateObject().Where(member => member.Name != "eventSourceARN"))
        {
            if (member.Name == "userIdentity")
            {
                json.WriteStartObject("userIdentity");
                json.WriteString("PrincipalId", member.Value.RequiredText("principalId"));
                json.WriteString("Type", member.Value.RequiredText("type"));
                json.WriteEndObject();
            }
            else
            {
                member.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private EventShard Shard(string arn, string id, string region) =>
        dynamo.TableOfStream(arn, region).Stream!.Shards.FirstOrDefault(shard => shard.Id == id)
            ?? throw new ServiceException("ResourceNotFoundException", $"Requested resource not found: Shard does not exist: {id}");

    private static void CheckTrimmed(EventShard shard, int position)
    {
        if (position < shard.Trimmed)
        {
            throw new ServiceException("TrimmedDataAccessException", "The operation attempted to read past the oldest stream record in a shard.");
        }
    }

    private static BigInteger Sequence(ServiceCall call) => Number(call.Json.RequiredText("SequenceNumber"));

    private static BigInteger Number(string digits) => BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger number)
        ? number
        : throw new ServiceException("ValidationException", $"Invalid SequenceNumber: {digits}");
}
