using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.Streams;

namespace FanOut.Tests.LocalCloud.DynamoDb;

public sealed class TableTests : CloudTests
{
    private const string Create =
        """{"TableName":"t","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST","StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"}}""";

    [Fact]
    public async Task A_table_is_made_described_and_deleted_with_its_stream()
    {
        Assert.Null((await Aws.DynamoAsync("CreateTable", Create)).Error);
        Answer described = await Aws.DynamoAsync("DescribeTable", """{"TableName":"t"}""");
        JsonElement table = described.Json.GetProperty("Table");
        string streamArn = table.GetProperty("LatestStreamArn").GetString()!;

        Assert.Equal("ACTIVE", table.GetProperty("TableStatus").GetString());
        Assert.Equal("arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2026-11-24T12:00:00.250", streamArn);
        Assert.Same(Cloud.Dynamo.Find("t")!.EventStream, Cloud.Streams[streamArn]);
        Assert.Equal("ResourceInUseException", (await Aws.DynamoAsync("CreateTable", Create)).Error);

        await Aws.DynamoAsync("DeleteTable", """{"TableName":"t"}""");
        Answer gone = await Aws.DynamoAsync("DescribeTable", """{"TableName":"t"}""");
        Assert.Equal((400, "ResourceNotFoundException"), (gone.Status, gone.Error));
        Assert.Contains("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", gone.Text, StringComparison.Ordinal);
        Assert.Null(Cloud.Streams.Find(streamArn));
    }

    [Fact]
    public async Task Time_to_live_is_set_once()
    {
        Cloud.Dynamo.CreateTable("t", "id");
        const string Update = """{"TableName":"t","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"expires"}}""";

        Assert.Null((await Aws.DynamoAsync("UpdateTimeToLive", Update)).Error);
        Assert.Equal("ValidationException", (await Aws.DynamoAsync("UpdateTimeToLive", Update)).Error);
        Answer described = await Aws.DynamoAsync("DescribeTimeToLive", """{"TableName":"t"}""");
        Assert.Equal("""{"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLED","AttributeName":"expires"}}""", described.Text);
    }

    [Fact]
    public void Every_change_is_in_the_stream_in_Lambdas_shape_and_nothing_else()
    {
        DynamoTable table = Cloud.Dynamo.CreateTable("t", "pk", "sk", "NEW_AND_OLD_IMAGES", rangeType: "N");
        const string Key = """{"pk":{"S":"k+1"},"sk":{"N":"7"}}""";
        table.Put("""{"pk":{"S":"k+1"},"sk":{"N":"7"},"v":{"S":"ä"}}""");
        table.Put("""{"pk":{"S":"k+1"},"sk":{"N":"7.0"},"v":{"S":"ä"}}""");
        table.Put("""{"pk":{"S":"k+1"},"sk":{"N":"7"},"v":{"S":"b"}}""");
        table.Delete(Key);
        table.Delete(Key);

        ShardRecord[] records = [.. table.EventStream!.Shards[0].Read(0, 10)];
        string[] events = [.. records.Select(record => Encoding.UTF8.GetString(record.EventJson.Span))];

        Assert.Equal(["INSERT", "MODIFY", "REMOVE"], events.Select(record => JsonDocument.Parse(record).RootElement.GetProperty("eventName").GetString()));
        string id = JsonDocument.Parse(events[0]).RootElement.GetProperty("eventID").GetString()!;
        Assert.Equal(32, id.Length);
        Assert.Equal(
            $$$"""{"eventID":"{{{id}}}","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"us-east-1","dynamodb":{"ApproximateCreationDateTime":1795521600,"Keys":{"pk":{"S":"k+1"},"sk":{"N":"7"}},"NewImage":{"pk":{"S":"k+1"},"sk":{"N":"7"},"v":{"S":"ä"}},"SequenceNumber":"{{{records[0].SequenceNumber}}}","SizeBytes":21,"StreamViewType":"NEW_AND_OLD_IMAGES"},"eventSourceARN":"{{{table.EventStream.Arn}}}"}""",
            events[0]);
        Assert.Equal(records.Select(record => record.SequenceNumber).Order(StringComparer.Ordinal), records.Select(record => record.SequenceNumber));
    }

    [Theory]
    [InlineData("KEYS_ONLY", false, false)]
    [InlineData("NEW_IMAGE", true, false)]
    [InlineData("OLD_IMAGE", false, true)]
    [InlineData("NEW_AND_OLD_IMAGES", true, true)]
    public void The_stream_shows_what_its_view_says(string view, bool newImage, bool oldImage)
    {
        DynamoTable table = Cloud.Dynamo.CreateTable("t", "id", streamView: view);
        table.Put("""{"id":{"S":"1"},"v":{"S":"a"}}""");
        table.Put("""{"id":{"S":"1"},"v":{"S":"b"}}""");

        JsonElement change = Last(table).GetProperty("dynamodb");

        Assert.Equal((newImage, oldImage), (change.TryGetProperty("NewImage", out _), change.TryGetProperty("OldImage", out _)));
        Assert.Equal(view, change.GetProperty("StreamViewType").GetString());
    }

    [Fact]
    public void An_expired_item_is_removed_by_the_service()
    {
        DynamoTable table = Cloud.Dynamo.CreateTable("t", "id", streamView: "OLD_IMAGE");
        table.Put("""{"id":{"S":"1"}}""");

        Cloud.Dynamo.ExpireItem("t", """{"id":{"S":"1"}}""");

        JsonElement record = Last(table);
        Assert.Equal("REMOVE", record.GetProperty("eventName").GetString());
        Assert.Equal("""{"principalId":"dynamodb.amazonaws.com","type":"Service"}""", record.GetProperty("userIdentity").GetRawText());
    }

    [Fact]
    public void Changes_of_one_hash_key_stay_in_one_shard()
    {
        DynamoTable table = Cloud.Dynamo.CreateTable("t", "h", "r", "KEYS_ONLY", streamShards: 4);
        for (int i = 0; i < 80; i++)
        {
            table.Put($$$"""{"h":{"S":"{{{i % 8}}}"},"r":{"S":"{{{i}}}"}}""");
        }

        string[][] hashes =
        [
            .. table.EventStream!.Shards.Select(shard => shard.Read(0, 100)
                .Select(record => JsonDocument.Parse(record.EventJson).RootElement.GetProperty("dynamodb").GetProperty("Keys").GetProperty("h").GetProperty("S").GetString()!)
                .Distinct().ToArray()),
        ];

        Assert.Equal(8, hashes.Sum(shard => shard.Length));
        Assert.True(hashes.Count(shard => shard.Length > 0) > 1);
    }

    [Fact]
    public async Task Tables_are_listed_page_by_page()
    {
        foreach (string name in (string[])["c", "a", "b"])
        {
            Cloud.Dynamo.CreateTable(name, "id");
        }

        Answer first = await Aws.DynamoAsync("ListTables", """{"Limit":2}""");
        Answer second = await Aws.DynamoAsync("ListTables", """{"ExclusiveStartTableName":"b"}""");

        Assert.Equal("""{"TableNames":["a","b"],"LastEvaluatedTableName":"b"}""", first.Text);
        Assert.Equal("""{"TableNames":["c"]}""", second.Text);
        Assert.Equal("ValidationException", (await Aws.DynamoAsync("ListTables", """{"Limit":101}""")).Error);
    }

    private static JsonElement Last(DynamoTable table) =>
        JsonDocument.Parse(table.EventStream!.Shards[0].Read(table.EventStream.Shards[0].Count - 1, 1)[0].EventJson).RootElement;
}
