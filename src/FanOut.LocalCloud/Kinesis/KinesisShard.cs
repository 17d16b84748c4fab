using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using FanOut.LocalCloud.Streams;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Kinesis;

/// <summary>One shard: a range of hash keys and the records in it.</summary>
public sealed class KinesisShard
{
    private const string SequencePrefix = "49659033827149025660855969";

    private readonly object _gate = new();
    private readonly List<KinesisRecord> _records = [];
    private readonly string _streamArn;
    private readonly int _index;

    internal KinesisShard(string streamArn, int index, UInt128 start, UInt128 end)
    {
        (_streamArn, _index, StartingHashKey, EndingHashKey) = (streamArn, index, start, end);
        Id = string.Create(CultureInfo.InvariantCulture, $"shardId-{index:D12}");
        Source = new EventShard(Id);
    }

    /// <summary>The shard's id, for example <c>shardId-000000000000</c>.</summary>
    public string Id { get; }

    /// <summary>The smallest hash key of the shard.</summary>
    public UInt128 StartingHashKey { get; }

    /// <summary>The greatest hash key of the shard.</summary>
    public UInt128 EndingHashKey { get; }

    /// <summary>The records so far, oldest first.</summary>
    public IReadOnlyList<KinesisRecord> Records
    {
        get { lock (_gate) { return [.. _records]; } }
    }

    internal EventShard Source { get; }

    internal string FirstSequenceNumber => SequenceNumber(0);

    internal IReadOnlyList<KinesisRecord> Read(int from, int most)
    {
        lock (_gate)
        {
            return from >= _records.Count ? [] : _records.GetRange(from, Math.Min(most, _records.Count - from));
        }
    }

    internal KinesisRecord Append(string partitionKey, ReadOnlyMemory<byte> data, DateTimeOffset now)
    {
        lock (_gate)
        {
            KinesisRecord record = new(SequenceNumber(_records.Count + 1), now, partitionKey, data);
            _records.Add(record);
            Source.Append(new ShardRecord(record.SequenceNumber, now, EventJson(record)));
            return record;
        }
    }

    // 26 digits of prefix, 20 of counter, 10 of shard: increasing within the shard, unique within the stream.
    private string SequenceNumber(int count) => string.Create(CultureInfo.InvariantCulture, $"{SequencePrefix}{count:D20}{_index:D10}");

    // https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html#services-kinesis-event-example
    private ReadOnlyMemory<byte> EventJson(KinesisRecord record) => JsonAnswer.Object(
        json => WriteEvent(json, record), 600 + record.PartitionKey.Length + Base64.GetMaxEncodedToUtf8Length(record.Data.Length));

    private void WriteEvent(Utf8JsonWriter json, KinesisRecord record)
    {
        json.WriteStartObject("kinesis");
        json.WriteString("kinesisSchemaVersion", "1.0");
        json.WriteString("partitionKey", record.PartitionKey);
        json.WriteString("sequenceNumber", record.SequenceNumber);
        json.WriteBase64String("data", record.Data.Span);
        json.WriteNumber("approximateArrivalTimestamp", JsonAnswer.EpochSeconds(record.ArrivedAt));
        json.WriteEndObject();
        json.WriteString("eventSource", "aws:kinesis");
        json.WriteString("eventVersion", "1.0");
        json.WriteString("eventID", $"{Id}:{record.SequenceNumber}");
        json.WriteString("eventName", "aws:kinesis:record");
        json.WriteString("invokeIdentityArn", $"arn:{ArnText.Part(_streamArn, 1)}:iam::{ArnText.Part(_streamArn, 4)}:role/lambda-role");
        json.WriteString("awsRegion", ArnText.Part(_streamArn, 3));
        json.WriteString("eventSourceARN", _streamArn);
    }
}
