using System.Text;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;
using FanOut.LocalCloud.DynamoDb;
using FanOut.LocalCloud.Kinesis;

namespace FanOut.Tests.LocalCloud.DynamoDb;

/// <summary>Tables that stream their changes to Kinesis.</summary>
public sealed class KinesisDestinationTests : CloudTests
{
    private const string Of = "arn:aws:kinesis:us-east-1:123456789012:stream/changes";

    [Theory]
    [InlineData("", "MICROSECOND", 1_795_521_600_250_000)]
    [InlineData(""","EnableKinesisStreamingConfiguration":{"ApproximateCreationDateTimePrecision":"MILLISECOND"}""", "MILLISECOND", 1_795_521_600_250)]
    public async Task Changes_come_as_DynamoDB_writes_them_until_it_is_disabled(string configuration, string precision, long time)
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("changes");
        DynamoTable table = Cloud.Dynamo.CreateTable("orders", "id");

        Answer enabled = await CallAsync("Enable", configuration);
        table.Put("""{"id":{"S":"1"},"total":{"N":"12"}}""");
        table.Put("""{"id":{"S":"1"},"total":{"N":"13"}}""");
        Cloud.Dynamo.ExpireItem("orders", """{"id":{"S":"1"}}""");
        Answer disabled = await CallAsync("Disable");
        table.Put("""{"id":{"S":"2"}}""");

        Assert.Equal(("ENABLING", "DISABLING"), (enabled.Json.GetProperty("DestinationStatus").GetString(), disabled.Json.GetProperty("DestinationStatus").GetString()));
        KinesisRecord[] records = [.. stream.Shards[0].Records];
        Assert.Equal(3, records.Length);
        Assert.Matches("^[0-9A-F]{32}$", Assert.Single(records.Select(static r => r.PartitionKey).Distinct()));
        string[] changes = [.. records.Select(static r => Encoding.UTF8.GetString(r.Data.Span))];
        string head = $$""","recordFormat":"application/json","tableName":"orders","dynamodb":{"ApproximateCreationDateTime":{{time}},"Keys":{"id":{"S":"1"} }, """.Replace(" ", "", StringComparison.Ordinal);
        string foot = $$""","SizeBytes":13,"ApproximateCreationDateTimePrecision":"{{precision}}"},"eventSource":"aws:dynamodb"}""";
        Assert.EndsWith("\"eventName\":\"INSERT\",\"userIdentity\":null" + head + "\"NewImage\":{\"id\":{\"S\":\"1\"},\"total\":{\"N\":\"12\"}}" + foot, changes[0], StringComparison.Ordinal);
        Assert.Contains("\"OldImage\":{\"id\":{\"S\":\"1\"},\"total\":{\"N\":\"12\"}}", changes[1], StringComparison.Ordinal);
        Assert.Contains("""
            "eventName":"REMOVE","userIdentity":{"type":"Service","principalId":"dynamodb.amazonaws.com"}
            """ + head + "\"OldImage\":", changes[2], StringComparison.Ordinal);
        Assert.Contains("\"DestinationStatus\":\"DISABLED\"", (await CallAsync("Describe")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_enabled_is_refused()
    {
        Cloud.Dynamo.CreateTable("orders", "id");
        Assert.Equal("ResourceNotFoundException", (await CallAsync("Enable")).Error);
        Assert.Equal("ResourceNotFoundException", (await CallAsync("Disable")).Error);
        Cloud.Kinesis.CreateStream("changes");
        Assert.Equal("ValidationException", (await CallAsync("Enable", ""","EnableKinesisStreamingConfiguration":{"ApproximateCreationDateTimePrecision":"SECOND"}""")).Error);
        Assert.Null((await CallAsync("Enable")).Error);
        Assert.Equal("ResourceInUseException", (await CallAsync("Enable")).Error);
    }

    [Fact]
    public void Both_ways_tell_the_same_of_each_change()
    {
        KinesisStream stream = Cloud.Kinesis.CreateStream("changes");
        DynamoTable table = Cloud.Dynamo.CreateTable("orders", "pk", "sk", streamView: "NEW_AND_OLD_IMAGES");
        table.TryStreamTo(stream);
        foreach (int i in Enumerable.Range(0, 20))
        {
            table.Put($$$"""{"pk":{"S":"{{{i % 3}}}"},"sk":{"S":"x"},"n":{"N":"{{{i}}}"},"l":{"L":[{"BOOL":true},{"NULL":true},{"M":{"é":{"SS":["a"]} } }]} }""");
            if (i % 4 == 0)
            {
                table.Delete($$$"""{"pk":{"S":"{{{i % 3}}}"},"sk":{"S":"x"} }""");
            }
        }

        byte[] streamed = LambdaEvent.Of(table.StreamShards[0].Read(0, 100).Select(static r => Encoding.UTF8.GetString(r.EventJson.Span)));
        byte[] carried = LambdaEvent.Of(stream.Shards[0].Records.Select(static r => LambdaEvent.Kinesis(r.Data.Span, r.PartitionKey, r.SequenceNumber)));

        foreach (View view in new[] { View.NewImage, View.OldImage })
        {
            PayloadOptions options = new(PayloadForm.AsIs, false, true, false, view) { HashKey = "pk" };
            Assert.Equal(Made(streamed, options), Made(carried, options with { ReadsChanges = true }));
        }
    }

    private static string[] Made(byte[] json, PayloadOptions options)
    {
        using RecordGroup group = EventReader.Read(json)[0];
        using Payloads payloads = MakePayloads.Of(group, options);
        Assert.Empty(payloads.Undecodable);
        return [.. payloads.All.Select(static p => $"{Encoding.UTF8.GetString(p.Key.Span)} {p.IsDelete} {Encoding.UTF8.GetString(p.Data.Content.Span)}")];
    }

    private Task<Answer> CallAsync(string what, string more = "") => Aws.JsonAsync("dynamodb", $"DynamoDB_20120810.{what}KinesisStreamingDestination", what == "Describe"
        ? """{"TableName":"orders"}""" : $$"""{"TableName":"orders","StreamArn":"{{Of}}"{{more}}}""", "1.0");
}
