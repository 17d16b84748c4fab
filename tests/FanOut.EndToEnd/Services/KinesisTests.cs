using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FanOut.Aws;
using FanOut.Aws.Kinesis;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class KinesisTests(KinesaliteServer kinesalite, MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_are_read_back_byte_for_byte_with_their_keys_in_order()
    {
        Uri endpoint = (await kinesalite.StartAsync()).Endpoint;
        await CreateAsync(endpoint, "read-back", shards: 1);
        using AmazonKinesisClient client = new(Emulated.Credentials, Emulated.Config(AmazonKinesisClient.Service, endpoint));
        byte[] binary = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

        PutRecordsResponse response = await client.PutRecordsAsync(
            new()
            {
                StreamName = "read-back",
                Records = PutRecordsEntries.Of(
                    Entry(new Blob(binary, IsBase64: false), "plain"),
                    Entry(new Blob(Encoding.ASCII.GetBytes(Convert.ToBase64String(binary)), IsBase64: true), "base64"),
                    Entry(new Blob("é€😀"u8.ToArray(), IsBase64: false), "clé \"quoted\" \\ 😀")),
            },
            Cancellation);

        Assert.Equal((0, 3, 0), (response.FailedRecordCount, response.RecordCount, response.Failed.Count));
        Assert.Equal(
            [("plain", Convert.ToBase64String(binary)), ("base64", Convert.ToBase64String(binary)), ("clé \"quoted\" \\ 😀", Convert.ToBase64String("é€😀"u8))],
            await ReadShardAsync(endpoint, "read-back", 0));
    }

    [Fact]
    public async Task An_explicit_hash_key_chooses_the_shard()
    {
        Uri endpoint = (await kinesalite.StartAsync()).Endpoint;
        await CreateAsync(endpoint, "hash-keys", shards: 2);
        using AmazonKinesisClient client = new(Emulated.Credentials, Emulated.Config(AmazonKinesisClient.Service, endpoint));

        await client.PutRecordsAsync(
            new()
            {
                StreamName = "hash-keys",
                Records = PutRecordsEntries.Of(
                    Entry(new Blob("first"u8.ToArray(), IsBase64: false), "key", "0"),
                    Entry(new Blob("last"u8.ToArray(), IsBase64: false), "key", "340282366920938463463374607431768211455")),
            },
            Cancellation);

        Assert.Equal([("key", Convert.ToBase64String("first"u8))], await ReadShardAsync(endpoint, "hash-keys", 0));
        Assert.Equal([("key", Convert.ToBase64String("last"u8))], await ReadShardAsync(endpoint, "hash-keys", 1));
    }

    [Fact]
    public async Task A_stream_is_reached_by_its_ARN()
    {
        // moto, because kinesalite is older than the parameter.
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        await CreateAsync(endpoint, "by-arn", shards: 1);
        using AmazonKinesisClient client = new(Emulated.Credentials, Emulated.Config(AmazonKinesisClient.Service, endpoint));

        PutRecordsResponse response = await client.PutRecordsAsync(
            new()
            {
                StreamARN = $"arn:aws:kinesis:{Emulated.Region}:{Emulated.Account}:stream/by-arn",
                Records = PutRecordsEntries.Of(Entry(new Blob("x"u8.ToArray(), IsBase64: false), "key")),
            },
            Cancellation);

        Assert.Equal(0, response.FailedRecordCount);
        Assert.Equal([("key", Convert.ToBase64String("x"u8))], await ReadShardAsync(endpoint, "by-arn", 0));
    }

    // Of any length that CBOR writes in another way, and beyond what kinesalite reads in one piece.
    [Fact]
    public async Task Bytes_of_any_length_are_read_back_in_CBOR_as_they_were()
    {
        Uri endpoint = (await kinesalite.StartAsync()).Endpoint;
        await CreateAsync(endpoint, "lengths", shards: 1);
        using AmazonKinesisClient client = new(Emulated.Credentials, Emulated.Config(AmazonKinesisClient.Service, endpoint));
        byte[][] data = [.. new[] { 1, 23, 24, 255, 256, 16_383, 16_384, 65_535, 65_536, 1_048_000 }.Select(static length => Enumerable.Range(0, length).Select(static i => (byte)(i * 7)).ToArray())];

        PutRecordsResponse response = await client.PutRecordsAsync(
            new()
            {
                StreamName = "lengths",
                Records = PutRecordsEntries.Of([.. data.Select((d, i) => Entry(i % 2 == 0 ? new Blob(d, IsBase64: false) : new Blob(Encoding.ASCII.GetBytes(Convert.ToBase64String(d)), IsBase64: true), $"k{i}"))]),
            },
            Cancellation);

        Assert.Equal((0, data.Length), (response.FailedRecordCount, response.RecordCount));
        Assert.Equal(data.Select(static (d, i) => ($"k{i}", Convert.ToBase64String(d))), await ReadShardAsync(endpoint, "lengths", 0));
    }

    // kinesalite cuts its answers in CBOR off after 16 KB, which is some hundred records; moto knows JSON only.
    [Theory]
    [InlineData(100, 200, false)]
    [InlineData(500, 200, true)]
    [InlineData(501, 400, false)]
    public async Task Five_hundred_records_are_taken_and_one_more_is_refused_as_a_whole(int count, int status, bool isJson)
    {
        Uri endpoint = isJson ? (await moto.StartAsync()).Endpoint : (await kinesalite.StartAsync()).Endpoint;
        await CreateAsync(endpoint, $"count-{count}", shards: 1);
        using AmazonKinesisClient client = new(Emulated.Credentials, Emulated.Config(AmazonKinesisClient.Service, endpoint));
        PutRecordsRequest request = new()
        {
            StreamName = $"count-{count}",
            Records = PutRecordsEntries.Of([.. Enumerable.Range(0, count).Select(index => Entry(new Blob(Encoding.ASCII.GetBytes($"{index}"), IsBase64: false), "key"))]),
        };

        int answered = 200;
        try
        {
            await client.PutRecordsAsync(request, Cancellation);
        }
        catch (AmazonKinesisException refusal)
        {
            answered = (int)refusal.StatusCode;
            Assert.Equal("ValidationException", refusal.ErrorCode);
        }

        Assert.Equal(status, answered);
        Assert.Equal(status == 200 ? count : 0, (await ReadShardAsync(endpoint, $"count-{count}", 0)).Count);
    }

    [Fact]
    public async Task A_stream_that_does_not_exist_is_named_in_a_typed_refusal()
    {
        Uri endpoint = (await kinesalite.StartAsync()).Endpoint;
        using AmazonKinesisClient client = new(Emulated.Credentials, Emulated.Config(AmazonKinesisClient.Service, endpoint));

        AmazonKinesisException refusal = await Assert.ThrowsAsync<AmazonKinesisException>(() => client.PutRecordsAsync(
            new() { StreamName = "absent", Records = PutRecordsEntries.Of(Entry(new Blob("x"u8.ToArray(), IsBase64: false), "key")) }, Cancellation));

        Assert.Equal((HttpStatusCode.BadRequest, "ResourceNotFoundException"), (refusal.StatusCode, refusal.ErrorCode));
        Assert.Contains("absent", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.RequestId);
    }

    private static PutRecordsRequestEntry Entry(Blob data, string key, string hashKey = "") =>
        new(data, Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(hashKey));

    private static async Task CreateAsync(Uri endpoint, string stream, int shards)
    {
        using ServiceApi api = new(endpoint);
        await api.JsonAsync("kinesis", "Kinesis_20131202.CreateStream", new() { ["StreamName"] = stream, ["ShardCount"] = shards });
        for (string? status = null; status != "ACTIVE"; await Task.Yield())
        {
            JsonNode answer = await api.JsonAsync("kinesis", "Kinesis_20131202.DescribeStreamSummary", new() { ["StreamName"] = stream });
            status = (string?)answer["StreamDescriptionSummary"]!["StreamStatus"];
        }
    }

    private static async Task<IReadOnlyList<(string Key, string Data)>> ReadShardAsync(Uri endpoint, string stream, int shard)
    {
        using ServiceApi api = new(endpoint);
        JsonNode iterator = await api.JsonAsync("kinesis", "Kinesis_20131202.GetShardIterator", new()
        {
            ["StreamName"] = stream,
            ["ShardId"] = $"shardId-{shard:D12}",
            ["ShardIteratorType"] = "TRIM_HORIZON",
        });
        JsonNode records = await api.JsonAsync(
            "kinesis", "Kinesis_20131202.GetRecords", new() { ["ShardIterator"] = (string?)iterator["ShardIterator"] });
        return [.. records["Records"]!.AsArray().Select(record => ((string)record!["PartitionKey"]!, Engine.KinesisStream.DataOf(record)))];
    }
}
