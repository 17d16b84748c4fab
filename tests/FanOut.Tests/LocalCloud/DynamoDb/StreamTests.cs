using System.Text.Json;
using FanOut.LocalCloud.DynamoDb;

namespace FanOut.Tests.LocalCloud.DynamoDb;

public sealed class StreamTests : CloudTests
{
    [Fact]
    public async Task Streams_are_listed_page_by_page_or_by_table()
    {
        string[] arns = [.. ((string[])["a", "b", "c"]).Select(name => Cloud.Dynamo.CreateTable(name, "id", streamView: "KEYS_ONLY").EventStream!.Arn)];
        Cloud.Dynamo.CreateTable("without", "id");
        Cloud.Dynamo.CreateTable("elsewhere", "id", streamView: "KEYS_ONLY", region: "eu-west-1");

        JsonElement first = (await CallAsync("ListStreams", """{"Limit":2}""")).Json;
        JsonElement second = (await CallAsync("ListStreams", $$"""{"ExclusiveStartStreamArn":"{{first.GetProperty("LastEvaluatedStreamArn").GetString()}}"}""")).Json;
        JsonElement one = (await CallAsync("ListStreams", """{"TableName":"b"}""")).Json;

        Assert.Equal(arns[..2], Arns(first));
        Assert.Equal(arns[2..], Arns(second));
        Assert.False(second.TryGetProperty("LastEvaluatedStreamArn", out _));
        Assert.Equal([arns[1]], Arns(one));
        Assert.Equal(("b", "2026-11-24T12:00:00.250"), (Text(one.GetProperty("Streams")[0], "TableName"), Text(one.GetProperty("Streams")[0], "StreamLabel")));
        Assert.Empty(Arns((await CallAsync("ListStreams", """{"TableName":"without"}""")).Json));
        Assert.Equal("ResourceNotFoundException", (await CallAsync("ListStreams", """{"TableName":"none"}""")).Error);
    }

    [Fact]
    public async Task A_stream_is_described_with_its_shards_page_by_page()
    {
        DynamoTable table = Cloud.Dynamo.CreateTable("t", "pk", "sk", "NEW_IMAGE", streamShards: 3);
        string arn = table.EventStream!.Arn;

        JsonElement first = (await CallAsync("DescribeStream", $$"""{"StreamArn":"{{arn}}","Limit":2}""")).Json.GetProperty("StreamDescription");
        JsonElement second = (await CallAsync(
            "DescribeStream", $$"""{"StreamArn":"{{arn}}","ExclusiveStartShardId":"{{Text(first, "LastEvaluatedShardId")}}"}""")).Json.GetProperty("StreamDescription");

        Assert.Equal((arn, "ENABLED", "NEW_IMAGE", "t"), (Text(first, "StreamArn"), Text(first, "StreamStatus"), Text(first, "StreamViewType"), Text(first, "TableName")));
        Assert.Equal("""[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}]""", first.GetProperty("KeySchema").GetRawText());
        Assert.Equal(
            table.EventStream.Shards.Select(shard => shard.Id),
            Shards(first).Concat(Shards(second)));
        table.Put("""{"pk":{"S":"k"},"sk":{"S":"1"}}""");
        Assert.Equal(
            table.EventStream.Shards.Single(shard => shard.Count > 0).Read(0, 1)[0].SequenceNumber,
            Text(first.GetProperty("Shards")[0].GetProperty("SequenceNumberRange"), "StartingSequenceNumber"));
        Assert.Equal("ResourceNotFoundException", (await CallAsync("DescribeStream", $$"""{"StreamArn":"{{arn}}0"}""")).Error);

        static IEnumerable<string> Shards(JsonElement description) => description.GetProperty("Shards").EnumerateArray().Select(shard => Text(shard, "ShardId"));
    }

    private Task<Answer> CallAsync(string operation, string body) => Aws.JsonAsync("dynamodb", $"DynamoDBStreams_20120810.{operation}", body, "1.0");

    private static IEnumerable<string> Arns(JsonElement page) => page.GetProperty("Streams").EnumerateArray().Select(stream => Text(stream, "StreamArn"));

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString()!;
}
