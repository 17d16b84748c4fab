using System.Globalization;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Kinesis;

/// <summary>PutRecord and PutRecords with their limits.</summary>
/// <remarks>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html</remarks>
internal sealed class StreamWrites(KinesisService kinesis)
{
    private const int MostRecords = 500;
    private const int MostBytes = 10 * 1024 * 1024;
    private const int MostKeyCharacters = 256;

    public HttpResponse PutOne(ServiceCall call)
    {
        KinesisStream stream = kinesis.Resolve(call);
        PutEntry entry = Read(call.Json, stream);
        (KinesisShard shard, KinesisRecord record) = Take(call, stream, entry);
        return JsonAnswer.Of(json =>
        {
            json.WriteString("ShardId", shard.Id);
            json.WriteString("SequenceNumber", record.SequenceNumber);
        });
    }

    public HttpResponse PutMany(ServiceCall call)
    {
        KinesisStream stream = kinesis.Resolve(call);
        IReadOnlyList<JsonElement> records = call.Json.Items("Records");
        if (records.Count is 0 or > MostRecords)
        {
            throw new ServiceException(
                "ValidationException",
                $"1 validation error detected: Value at 'records' failed to satisfy constraint: Member must have length between 1 and {MostRecords}, inclusive; {records.Count} were sent.");
        }

        // Everything is checked before any record is accepted: a bad record fails the whole call.
        PutEntry[] entries = [.. records.Select(record => Read(record, stream))];
        int bytes = entries.Sum(entry => entry.Bytes);
        if (bytes > MostBytes)
        {
            throw new ServiceException("InvalidArgumentException", $"Records size exceeds {MostBytes} bytes: {bytes} bytes with keys.");
        }

        (ItemError? Refusal, KinesisShard? Shard, KinesisRecord? Record)[] results = [.. entries.Select((entry, position) =>
        {
            ItemError? refusal = call.ItemErrorAt(position);
            if (refusal is { Taken: false })
            {
                return (refusal, (KinesisShard?)null, (KinesisRecord?)null);
            }

            (KinesisShard shard, KinesisRecord record) = Take(call, stream, entry);
            return (refusal, shard, record);
        })];

        return JsonAnswer.Of(json =>
        {
            json.WriteNumber("FailedRecordCount", results.Count(result => result.Refusal is not null));
            json.WriteStartArray("Records");
            foreach ((ItemError? refusal, KinesisShard? shard, KinesisRecord? record) in results)
            {
                json.WriteStartObject();
                if (refusal is not null)
                {
                    json.WriteString("ErrorCode", refusal.Code);
                    json.WriteString("ErrorMessage", refusal.Message);
                }
                else
                {
                    json.WriteString("SequenceNumber", record!.SequenceNumber);
                    json.WriteString("ShardId", shard!.Id);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private (KinesisShard Shard, KinesisRecord Record) Take(ServiceCall call, KinesisStream stream, PutEntry entry)
    {
        (KinesisShard shard, KinesisRecord record) = stream.Append(entry.Key, entry.Data, entry.ExplicitHashKey, call.Time);
        kinesis.Received.Add(new Arrival(stream.Arn, call.Number, record.ArrivedAt, entry.Data)
        {
            Id = record.SequenceNumber,
            Key = entry.Key,
            ExplicitHashKey = entry.ExplicitHashKey,
        });
        return (shard, record);
    }

    private static PutEntry Read(JsonElement record, KinesisStream stream)
    {
        string key = record.RequiredText("PartitionKey");
        if (CodePoints(key) is 0 or > MostKeyCharacters)
        {
            throw new ServiceException(
                "ValidationException",
                $"1 validation error detected: Value at 'partitionKey' failed to satisfy constraint: Member must have length between 1 and {MostKeyCharacters}, inclusive.");
        }

        string? hash = record.Text("ExplicitHashKey");
        if (hash is not null && !UInt128.TryParse(hash, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new ServiceException("InvalidArgumentException", $"Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was {hash}");
        }

        PutEntry entry = new(key, hash, record.RequiredBytes("Data"));
        int most = stream.MaxRecordSizeInKiB * 1024;
        return entry.Bytes <= most ? entry : throw new ServiceException(
            "ValidationException",
            $"1 validation error detected: Value at 'data' failed to satisfy constraint: Member must have length less than or equal to {most}; data and key have {entry.Bytes} bytes.");
    }

    // AWS counts characters, not UTF-16 units.
    private static int CodePoints(string text) => text.EnumerateRunes().Count();

    private sealed record PutEntry(string Key, string? ExplicitHashKey, byte[] Data)
    {
        public int Bytes { get; } = Data.Length + Encoding.UTF8.GetByteCount(Key);
    }
}
