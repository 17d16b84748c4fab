using System.Globalization;
using System.Text;
using FanOut.LocalCloud.Streams;

namespace FanOut.Tests.LocalCloud.Lambda.EventSources;

/// <summary>Streams of Kinesis-like records numbered 1, 2, 3, …, so that text order and number order differ from the tenth on.</summary>
internal static class Shards
{
    public const string KinesisArn = "arn:aws:kinesis:eu-central-1:000000000000:stream/orders";
    public const string DynamoDBArn = "arn:aws:dynamodb:eu-central-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000";

    public static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static EventStream Stream(int records, string arn = KinesisArn)
    {
        var shard = new EventShard("shardId-000000000000");
        shard.Append(1, records);
        return new(arn, [shard]);
    }

    public static void Append(this EventShard shard, int first, int count, DateTimeOffset? arrivedAt = null)
    {
        for (var i = first; i < first + count; i++)
        {
            shard.Append(Record(i, $"key-{i % 7}", arrivedAt));
        }
    }

    public static ShardRecord Record(int number, string key = "key", DateTimeOffset? arrivedAt = null, int size = 0)
    {
        var sequence = number.ToString(CultureInfo.InvariantCulture);
        var json = $$"""{"eventSource":"aws:kinesis","kinesis":{"sequenceNumber":"{{sequence}}","partitionKey":"{{key}}","data":""} }""";
        json = json.Replace("\"data\":\"\"", $"\"data\":\"{new string('A', Math.Max(0, size - json.Length))}\"", StringComparison.Ordinal);
        return new(sequence, arrivedAt ?? Epoch, Encoding.UTF8.GetBytes(json));
    }
}
