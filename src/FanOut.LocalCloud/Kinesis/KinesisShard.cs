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

    // The numbers of a shard's children follow its own.
    private readonly int _numbersBefore;
    private int _trimmed;

    internal KinesisShard(string streamArn, int index, UInt128 start, UInt128 end, params KinesisShard[] parents)
    {
        (_streamArn, _index, StartingHashKey, EndingHashKey, Parents) = (streamArn, index, start, end, parents);
        _numbersBefore = parents.Length == 0 ? 0 : parents.Max(parent => parent._numbersBefore + parent._records.Count) + 2;
        Id = string.Create(CultureInfo.InvariantCulture, $"shardId-{index:D12}");
        Source = new EventShard(Id);
    }

    /// <summary>The shard's id, for example <c>shardId-000000000000</c>.</summary>
    public string Id { get; }

    /// <summary>The smallest hash key of the shard.</summary>
    public UInt128 StartingHashKey { get; }

    /// <summary>The greatest hash key of the shard.</summary>
    public UInt128 EndingHashKey { get; }

    /// <summary>The shards that it was split off or merged of; empty for those that the stream was made with.</summary>
    public IReadOnlyList<KinesisShard> Parents { get; }

    /// <summary>Whether it gets no more records: it was split or merged.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The records so far, oldest first; those that were trimmed too.</summary>
    public IReadOnlyList<KinesisRecord> Records
    {
        get { lock (_gate) { return [.. _records]; } }
    }

    internal EventShard Source { get; }

    internal string FirstSequenceNumber => SequenceNumber(0);

    internal string? LastSequenceNumber
    {
        get { lock (_gate) { return IsClosed ? SequenceNumber(_records.Count + 1) : null; } }
    }

    /// <summary>Takes away the oldest records, as if the stream's retention period were over for them.</summary>
    /// <param name="count">How many.</param>
    public void Trim(int count)
    {
        lock (_gate)
        {
            _trimmed = Math.Min(_trimmed + count, _records.Count);
        }
    }

    internal void Close()
    {
        lock (_gate)
        {
            IsClosed = true;
        }
    }

    /// <summary>How many records lie before the first one of which something holds; they are in order.</summary>
    internal int CountBefore(Predicate<KinesisRecord> isReached)
    {
        lock (_gate)
        {
            int low = 0, high = _records.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = isReached(_records[middle]) ? (low, middle) : (middle + 1, high);
            }

            return low;
        }
    }

    /// <summary>Records from a position on, or from the oldest one that was not trimmed.</summary>
    internal ShardReading Read(int from, int most)
    {
        lock (_gate)
        {
            from = Math.Max(from, _trimmed);
            IReadOnlyList<KinesisRecord> records = from >= _records.Count ? [] : _records.GetRange(from, Math.Min(most, _records.Count - from));
            return new ShardReading(from, records, _records.Count, _records.Count == 0 ? null : _records[^1].ArrivedAt, IsClosed);
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
    private string SequenceNumber(int count) => string.Create(CultureInfo.InvariantCulture, $"{SequencePrefix}{_numbersBefore + count:D20}{_index:D10}");

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
