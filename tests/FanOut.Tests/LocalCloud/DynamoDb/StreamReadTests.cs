using System.Text.Json;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.Streams;

namespace FanOut.Tests.LocalCloud.DynamoDb;

public sealed class StreamReadTests : CloudTests
{
    [Fact]
    public async Task Changes_are_read_as_the_service_writes_them()
    {
        DynamoTable table = Cloud.Dynamo.CreateTable("t", "id", streamView: "NEW_AND_OLD_IMAGES");
        table.Put("""{"id":{"S":"1"},"total":{"N":"12"}}""");
        Cloud.Dynamo.ExpireItem("t", """{"id":{"S":"1"}}""");

        JsonElement page = await ReadAsync(await BeginAsync(table, table.StreamShards[0], "TRIM_HORIZON"));

        JsonElement[] records = [.. page.GetProperty("Records").EnumerateArray()];
        Assert.Equal(["INSERT", "REMOVE"], records.Select(static r => r.GetProperty("eventName").GetString()));
        Assert.All(records, static r => Assert.False(r.TryGetProperty("eventSourceARN", out _)));
        Assert.Equal("""{"PrincipalId":"dynamodb.amazonaws.com","Type":"Service"}""", records[1].GetProperty("userIdentity").GetRawText());
        Assert.Equal("""{"id":{"S":"1"},"total":{"N":"12"}}""", records[0].GetProperty("dynamodb").GetProperty("NewImage").GetRawText());
        Assert.True(page.TryGetProperty("NextShardIterator", out _));
    }

    [Fact]
    public async Task A_shard_that_another_follows_ends()
    {
        DynamoTable table = Cloud.Dynamo.CreateTable("t", "id", streamView: "KEYS_ONLY");
        table.Put("""{"id":{"S":"1"}}""");
        Time.Advance(TimeSpan.FromHours(4));
        table.RollStream();
        table.Put("""{"id":{"S":"2"}}""");

        Assert.Equal(table.StreamShards[0].Id, table.StreamShards[1].ParentId);
        Assert.Equal([1, 1], table.StreamShards.Select(static s => s.Count));
        Assert.False((await ReadAsync(await BeginAsync(table, table.StreamShards[0], "TRIM_HORIZON"))).TryGetProperty("NextShardIterator", out _));
        JsonElement[] shards = [.. (await CallAsync("DescribeStream", $$"""{"StreamArn":"{{table.EventStream!.Arn}}"}""")).Json.GetProperty("StreamDescription").GetProperty("Shards").EnumerateArray()];
        Assert.Equal([true, false], shards.Select(static s => s.GetProperty("SequenceNumberRange").TryGetProperty("EndingSequenceNumber", out _)));
        Assert.Equal(table.StreamShards[0].Id, shards[1].GetProperty("ParentShardId").GetString());
    }

    [Fact]
    public async Task What_is_trimmed_is_refused()
    {
        DynamoTable table = Cloud.Dynamo.CreateTable("t", "id", streamView: "KEYS_ONLY");
        table.Put("""{"id":{"S":"1"}}""");
        table.Put("""{"id":{"S":"2"}}""");
        EventShard shard = table.StreamShards[0];
        string first = shard.Read(0, 1)[0].SequenceNumber, before = await BeginAsync(table, shard, "TRIM_HORIZON");

        shard.Trim(1);

        Assert.Equal("TrimmedDataAccessException", (await CallAsync("GetRecords", $$"""{"ShardIterator":"{{before}}"}""")).Error);
        Assert.Equal("TrimmedDataAccessException", (await CallAsync("GetShardIterator", $$"""{"StreamArn":"{{table.EventStream!.Arn}}","ShardId":"{{shard.Id}}","ShardIteratorType":"AT_SEQUENCE_NUMBER","SequenceNumber":"{{first}}"}""")).Error);
        Assert.Single((await ReadAsync(await BeginAsync(table, shard, "TRIM_HORIZON"))).GetProperty("Records").EnumerateArray());
        Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal("ExpiredIteratorException", (await CallAsync("GetRecords", $$"""{"ShardIterator":"{{before}}"}""")).Error);
    }

    private async Task<string> BeginAsync(DynamoTable table, EventShard shard, string type) =>
        (await CallAsync("GetShardIterator", $$"""{"StreamArn":"{{table.EventStream!.Arn}}","ShardId":"{{shard.Id}}","ShardIteratorType":"{{type}}"}""")).Json.GetProperty("ShardIterator").GetString()!;

    private async Task<JsonElement> ReadAsync(string iterator) => (await CallAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}"}""")).Json;

    private Task<Answer> CallAsync(string operation, string body) => Aws.JsonAsync("dynamodb", $"DynamoDBStreams_20120810.{operation}", body, "1.0");
}
