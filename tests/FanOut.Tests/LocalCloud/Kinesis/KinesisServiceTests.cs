using System.Globalization;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Kinesis;
using FanOut.LocalCloud.Streams;

namespace FanOut.Tests.LocalCloud.Kinesis;

public sealed class KinesisServiceTests : CloudTests
{
    [Fact]
    public async Task Records_go_to_the_shard_of_their_key_and_come_back_in_order()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("s", shards: 3);
        for (int call = 0; call < 2; call++)
        {
            Answer put = await Put(Enumerable.Range(0, 20).Select(i => Record($"k{i}", $"v{call}-{i}")));
            Assert.Equal(0, put.Json.GetProperty("FailedRecordCount").GetInt32());
        }

        foreach (KinesisShard shard in stream.Shards)
        {
            Answer iterator = await Aws.KinesisAsync("GetShardIterator", $$"""{"StreamName":"s","ShardId":"{{shard.Id}}","ShardIteratorType":"TRIM_HORIZON"}""");
            Answer read = await Aws.KinesisAsync("GetRecords", iterator.Text);
            string[] keys = [.. read.Json.GetProperty("Records").EnumerateArray().Select(record => record.GetProperty("PartitionKey").GetString()!)];

            Assert.Equal(shard.Records.Select(record => record.PartitionKey), keys);
            Assert.All(keys, key => Assert.Same(shard, stream.ShardFor(key)));
            string[] numbers = [.. shard.Records.Select(record => record.SequenceNumber)];
            Assert.Equal(numbers.Order(StringComparer.Ordinal), numbers);
            Assert.All(numbers, number => Assert.Equal(56, number.Length));
        }

        Assert.Equal(40, stream.Shards.Sum(shard => shard.Records.Count));
        Assert.Equal(["v0-0", "v0-1"], Cloud.Kinesis.Received.Take(2).Select(arrival => arrival.Text));
    }

    [Fact]
    public async Task An_explicit_hash_key_chooses_the_shard()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("s", shards: 4);
        string[] hashes = [.. stream.Shards.Select(shard => shard.StartingHashKey.ToString(CultureInfo.InvariantCulture)), UInt128.MaxValue.ToString(CultureInfo.InvariantCulture)];

        Answer answer = await Put(hashes.Select(hash => $$"""{"Data":"","PartitionKey":"same","ExplicitHashKey":"{{hash}}"}"""));

        Assert.Equal(
            ["shardId-000000000000", "shardId-000000000001", "shardId-000000000002", "shardId-000000000003", "shardId-000000000003"],
            answer.Json.GetProperty("Records").EnumerateArray().Select(record => record.GetProperty("ShardId").GetString()));
        Assert.Equal(hashes, Cloud.Kinesis.Received.Select(arrival => arrival.ExplicitHashKey));
        Answer beyond = await Put([$$"""{"Data":"","PartitionKey":"k","ExplicitHashKey":"340282366920938463463374607431768211456"}"""]);
        Assert.Equal("InvalidArgumentException", beyond.Error);
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(501, "ValidationException")]
    [InlineData(0, "ValidationException")]
    public async Task A_call_takes_1_to_500_records(int count, string? error)
    {
        Cloud.Kinesis.CreateStream("s");

        Answer answer = await Put(Enumerable.Range(0, count).Select(_ => Record("k", "v")));

        Assert.Equal(error, answer.Error);
        Assert.Equal(error is null ? count : 0, Cloud.Kinesis.Received.Count);
    }

    [Theory]
    [InlineData((1024 * 1024) - 2, null)]
    [InlineData((1024 * 1024) - 1, "ValidationException")]
    public async Task A_record_takes_data_and_key_up_to_the_streams_limit(int size, string? error)
    {
        Cloud.Kinesis.CreateStream("s");

        Answer answer = await Put([Record("é", new string('x', size))]);

        Assert.Equal(error, answer.Error);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "InvalidArgumentException")]
    public async Task A_call_takes_10_MiB_with_keys(int more, string? error)
    {
        Cloud.Kinesis.CreateStream("s", maxRecordSizeInKiB: 10240);
        int half = (5 * 1024 * 1024) - 1;

        Answer answer = await Put([Record("k", new string('x', half)), Record("k", new string('x', half + more))]);

        Assert.Equal(error, answer.Error);
    }

    [Theory]
    [InlineData(256, null)]
    [InlineData(257, "ValidationException")]
    [InlineData(0, "ValidationException")]
    public async Task A_key_has_1_to_256_characters_of_any_width(int length, string? error)
    {
        Cloud.Kinesis.CreateStream("s");

        Answer answer = await Put([Record(string.Concat(Enumerable.Repeat("😀", length)), "v")]);

        Assert.Equal(error, answer.Error);
    }

    [Fact]
    public async Task Streams_are_found_by_name_in_the_callers_region_and_by_ARN_anywhere()
    {
        KinesisStream far = Cloud.Kinesis.CreateStream("far", region: "eu-west-1", accountId: "999999999999");
        string body = $$"""{"StreamARN":"{{far.Arn}}","Data":"eA==","PartitionKey":"k"}""";

        Answer byName = await Aws.KinesisAsync("PutRecord", """{"StreamName":"far","Data":"eA==","PartitionKey":"k"}""");
        Answer byArn = await Aws.KinesisAsync("PutRecord", body);

        Assert.Equal("ResourceNotFoundException", byName.Error);
        Assert.Contains("Stream far under account 123456789012 not found.", byName.Text, StringComparison.Ordinal);
        Assert.Null(byArn.Error);
        Assert.Equal(far.Arn, Assert.Single(Cloud.Kinesis.Received).Destination);
    }

    [Fact]
    public async Task Descriptions_name_shards_ranges_and_the_record_limit()
    {
        await Aws.KinesisAsync("CreateStream", """{"StreamName":"s","ShardCount":2,"MaxRecordSizeInKiB":2048}""");

        Answer summary = await Aws.KinesisAsync("DescribeStreamSummary", """{"StreamName":"s"}""");
        Answer shards = await Aws.KinesisAsync("ListShards", """{"StreamName":"s"}""");

        JsonElement description = summary.Json.GetProperty("StreamDescriptionSummary");
        Assert.Equal(("ACTIVE", 2, 2048), (description.GetProperty("StreamStatus").GetString(), description.GetProperty("OpenShardCount").GetInt32(), description.GetProperty("MaxRecordSizeInKiB").GetInt32()));
        Assert.Equal(
            [("0", "170141183460469231731687303715884105727"), ("170141183460469231731687303715884105728", "340282366920938463463374607431768211455")],
            shards.Json.GetProperty("Shards").EnumerateArray().Select(shard => shard.GetProperty("HashKeyRange"))
                .Select(range => (range.GetProperty("StartingHashKey").GetString(), range.GetProperty("EndingHashKey").GetString())));
        Assert.Equal("ResourceInUseException", (await Aws.KinesisAsync("CreateStream", """{"StreamName":"s"}""")).Error);
    }

    [Fact]
    public async Task Streams_are_listed_page_by_page()
    {
        foreach (string name in (string[])["c", "a", "b"])
        {
            Cloud.Kinesis.CreateStream(name);
        }

        Answer first = await Aws.KinesisAsync("ListStreams", """{"Limit":2}""");
        Answer second = await Aws.KinesisAsync("ListStreams", $$"""{"Limit":2,"NextToken":"{{first.Json.GetProperty("NextToken").GetString()}}"}""");

        Assert.Equal(["a", "b"], first.Json.GetProperty("StreamNames").EnumerateArray().Select(name => name.GetString()));
        Assert.True(first.Json.GetProperty("HasMoreStreams").GetBoolean());
        Assert.Equal(["c"], second.Json.GetProperty("StreamNames").EnumerateArray().Select(name => name.GetString()));
        Assert.False(second.Json.GetProperty("HasMoreStreams").GetBoolean());
    }

    [Fact]
    public async Task Iterators_begin_where_they_are_told_and_expire_after_5_minutes()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("s");
        string[] numbers = [.. Enumerable.Range(0, 3).Select(i =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            return stream.Put("k", Encoding.UTF8.GetBytes($"{i}")).SequenceNumber;
        })];

        Assert.Equal("012", await ReadFrom("TRIM_HORIZON", ""));
        Assert.Equal("", await ReadFrom("LATEST", ""));
        Assert.Equal("12", await ReadFrom("AT_SEQUENCE_NUMBER", $",\"StartingSequenceNumber\":\"{numbers[1]}\""));
        Assert.Equal("2", await ReadFrom("AFTER_SEQUENCE_NUMBER", $",\"StartingSequenceNumber\":\"{numbers[1]}\""));
        Assert.Equal("12", await ReadFrom("AT_TIMESTAMP", $",\"Timestamp\":{stream.Shards[0].Records[1].ArrivedAt.ToUnixTimeMilliseconds() / 1000m}"));

        Answer iterator = await Aws.KinesisAsync("GetShardIterator", """{"StreamName":"s","ShardId":"shardId-000000000000","ShardIteratorType":"LATEST"}""");
        Time.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal("ExpiredIteratorException", (await Aws.KinesisAsync("GetRecords", iterator.Text)).Error);
    }

    [Fact]
    public void Records_reach_event_source_mappings_in_Lambdas_shape()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("s");
        KinesisRecord record = stream.Put("k+<ü", "bytes"u8.ToArray());

        ShardRecord shardRecord = Assert.Single(Cloud.Streams[stream.Arn].Shards[0].Read(0, 10));

        Assert.Equal((record.SequenceNumber, Time.GetUtcNow()), (shardRecord.SequenceNumber, shardRecord.ArrivedAt));
        Assert.Equal(
            $$"""{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"k+<ü","sequenceNumber":"{{record.SequenceNumber}}","data":"Ynl0ZXM=","approximateArrivalTimestamp":1795521600.25},"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000000:{{record.SequenceNumber}}","eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::123456789012:role/lambda-role","awsRegion":"us-east-1","eventSourceARN":"{{stream.Arn}}"}""",
            Encoding.UTF8.GetString(shardRecord.EventJson.Span));
    }

    private async Task<string> ReadFrom(string type, string more)
    {
        Answer iterator = await Aws.KinesisAsync("GetShardIterator", $$"""{"StreamName":"s","ShardId":"shardId-000000000000","ShardIteratorType":"{{type}}"{{more}}}""");
        Answer records = await Aws.KinesisAsync("GetRecords", iterator.Text);
        return string.Concat(records.Json.GetProperty("Records").EnumerateArray().Select(record => Encoding.UTF8.GetString(record.GetProperty("Data").GetBytesFromBase64())));
    }

    private Task<Answer> Put(IEnumerable<string> records) =>
        Aws.KinesisAsync("PutRecords", $$"""{"StreamName":"s","Records":[{{string.Join(',', records)}}]}""");

    private static string Record(string key, string data) =>
        $$"""{"Data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(data))}}","PartitionKey":"{{key}}"}""";
}
