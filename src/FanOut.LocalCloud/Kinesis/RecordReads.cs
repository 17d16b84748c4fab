using System.Globalization;
using System.Numerics;
using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Kinesis;

/// <summary>GetShardIterator and GetRecords.</summary>
internal sealed class RecordReads(KinesisService kinesis)
{
    private const int MostRecords = 10_000;
    private const int MostBytes = 10 * 1024 * 1024;
    private static readonly TimeSpan IteratorLife = TimeSpan.FromMinutes(5);

    public HttpResponse Begin(ServiceCall call)
    {
        KinesisStream stream = kinesis.Resolve(call);
        KinesisShard shard = Shard(stream, call.Json.RequiredText("ShardId"));
        int position = call.Json.RequiredText("ShardIteratorType") switch
        {
            "TRIM_HORIZON" => 0,
            "LATEST" => shard.CountBefore(_ => false),
            "AT_SEQUENCE_NUMBER" => shard.CountBefore(AtLeast(Sequence(call))),
            "AFTER_SEQUENCE_NUMBER" => shard.CountBefore(AtLeast(Sequence(call) + 1)),
            "AT_TIMESTAMP" => shard.CountBefore(NotBefore(Timestamp(call))),
            string other => throw new ServiceException("InvalidArgumentException", $"ShardIteratorType '{other}' is none of AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER, AT_TIMESTAMP, TRIM_HORIZON, LATEST."),
        };
        return JsonAnswer.Of(json => json.WriteString("ShardIterator", new ShardIterator(stream.Arn, shard.Id, position, call.Time).Write()));
    }

    public HttpResponse Next(ServiceCall call)
    {
        ShardIterator iterator = ShardIterator.Read(call.Json.RequiredText("ShardIterator"))
            ?? throw new ServiceException("InvalidArgumentException", "Invalid ShardIterator.");
        if (call.Time - iterator.Issued > IteratorLife)
        {
            throw new ServiceException("ExpiredIteratorException", "Iterator expired. An iterator is valid for 5 minutes.");
        }

        int limit = call.Json.Number("Limit") ?? MostRecords;
        if (limit is < 1 or > MostRecords)
        {
            throw new ServiceException("ValidationException", $"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value between 1 and {MostRecords}");
        }

        KinesisShard shard = Shard(kinesis.Resolve(call), iterator.ShardId);
        List<KinesisRecord> page = [];
        int bytes = 0;
        ShardReading reading = shard.Read(iterator.Position, limit);
        foreach (KinesisRecord record in reading.Records)
        {
            bytes += record.Data.Length;
            if (page.Count > 0 && bytes > MostBytes)
            {
                break;
            }

            page.Add(record);
        }

        ShardIterator next = iterator with { Position = reading.From + page.Count, Issued = call.Time };
        long behind = next.Position >= reading.End || page.Count == 0 ? 0 : Math.Max(1, (long)(reading.Newest!.Value - page[^1].ArrivedAt).TotalMilliseconds);
        return JsonAnswer.Of(json =>
        {
            json.WriteStartArray("Records");
            foreach (KinesisRecord record in page)
            {
                Write(json, record);
            }

            json.WriteEndArray();
            if (next.Position < reading.End || !reading.IsClosed)
            {
                json.WriteString("NextShardIterator", next.Write());
            }

            json.WriteNumber("MillisBehindLatest", behind);
        });
    }

    private static Predicate<KinesisRecord> AtLeast(BigInteger number) => record => Number(record.SequenceNumber) >= number;

    private static Predicate<KinesisRecord> NotBefore(decimal time) => record => JsonAnswer.EpochSeconds(record.ArrivedAt) >= time;

    private static void Write(Utf8JsonWriter json, KinesisRecord record)
    {
        json.WriteStartObject();
        json.WriteString("SequenceNumber", record.SequenceNumber);
        json.WriteNumber("ApproximateArrivalTimestamp", JsonAnswer.EpochSeconds(record.ArrivedAt));
        json.WriteBase64String("Data", record.Data.Span);
        json.WriteString("PartitionKey", record.PartitionKey);
        json.WriteEndObject();
    }

    private static KinesisShard Shard(KinesisStream stream, string id) =>
        stream.Shards.FirstOrDefault(shard => shard.Id == id) ?? throw new ServiceException(
            "ResourceNotFoundException", $"Shard {id} in stream {stream.Name} under account {ArnText.Part(stream.Arn, 4)} does not exist");

    private static BigInteger Sequence(ServiceCall call) => Number(call.Json.RequiredText("StartingSequenceNumber"));

    private static BigInteger Number(string digits) => BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger number)
        ? number
        : throw new ServiceException("InvalidArgumentException", $"StartingSequenceNumber '{digits}' is not a sequence number.");

    private static decimal Timestamp(ServiceCall call) => call.Json.Field("Timestamp") is { ValueKind: JsonValueKind.Number } time
        ? time.GetDecimal()
        : throw new ServiceException("InvalidArgumentException", "Must specify timestamp parameter for iterator type AT_TIMESTAMP.");
}
