using System.Text.Json;
using FanOut.LocalCloud;

namespace FanOut.Tests.LocalCloud.Firehose;

public sealed class FirehoseServiceTests : CloudTests
{
    [Fact]
    public async Task Records_are_taken_in_order_and_each_gets_an_id()
    {
        Cloud.Firehose.CreateDeliveryStream("d");

        Answer answer = await Put(1, 2, 3);

        Assert.Equal(0, answer.Json.GetProperty("FailedPutCount").GetInt32());
        Assert.Equal(
            answer.Json.GetProperty("RequestResponses").EnumerateArray().Select(response => response.GetProperty("RecordId").GetString()),
            Cloud.Firehose.Received.Select(arrival => arrival.Id));
        Assert.Equal([1, 2, 3], Cloud.Firehose.Received.Select(arrival => arrival.Data.Length));
        Assert.All(Cloud.Firehose.Received, arrival => Assert.Equal("arn:aws:firehose:us-east-1:123456789012:deliverystream/d", arrival.Destination));
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(501, "ValidationException")]
    [InlineData(0, "ValidationException")]
    public async Task A_call_takes_1_to_500_records(int count, string? error)
    {
        Cloud.Firehose.CreateDeliveryStream("d");

        Assert.Equal(error, (await Put([.. Enumerable.Repeat(1, count)])).Error);
    }

    [Theory]
    [InlineData(1_024_000, null)]
    [InlineData(1_024_001, "ValidationException")]
    public async Task A_record_takes_1_000_KiB_before_base64(int size, string? error)
    {
        Cloud.Firehose.CreateDeliveryStream("d");

        Assert.Equal(error, (await Put(size)).Error);
        Assert.Equal(error is null ? 1 : 0, Cloud.Firehose.Received.Count);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "InvalidArgumentException")]
    public async Task A_call_takes_4_MiB_before_base64(int more, string? error)
    {
        Cloud.Firehose.CreateDeliveryStream("d");

        Assert.Equal(error, (await Put(1_000_000, 1_000_000, 1_000_000, 1_000_000, (4 * 1024 * 1024) - 4_000_000 + more)).Error);
    }

    [Fact]
    public async Task Delivery_streams_are_made_described_and_missed_by_name()
    {
        Answer made = await Aws.FirehoseAsync("CreateDeliveryStream", """{"DeliveryStreamName":"d"}""");
        Answer described = await Aws.FirehoseAsync("DescribeDeliveryStream", """{"DeliveryStreamName":"d"}""");
        Answer one = await Aws.FirehoseAsync("PutRecord", """{"DeliveryStreamName":"d","Record":{"Data":"eA=="}}""");
        Answer none = await Aws.FirehoseAsync("PutRecord", """{"DeliveryStreamName":"none","Record":{"Data":"eA=="}}""");

        JsonElement description = described.Json.GetProperty("DeliveryStreamDescription");
        Assert.Equal(made.Json.GetProperty("DeliveryStreamARN").GetString(), description.GetProperty("DeliveryStreamARN").GetString());
        Assert.Equal("ACTIVE", description.GetProperty("DeliveryStreamStatus").GetString());
        Assert.Equal(one.Json.GetProperty("RecordId").GetString(), Assert.Single<Arrival>(Cloud.Firehose.Received).Id);
        Assert.Equal((400, "ResourceNotFoundException"), (none.Status, none.Error));
    }

    [Fact]
    public async Task Delivery_streams_are_listed_10_at_a_time_or_as_many_as_are_asked_for()
    {
        foreach (int number in Enumerable.Range(0, 12))
        {
            Cloud.Firehose.CreateDeliveryStream($"d{number:D2}");
        }

        Cloud.Firehose.CreateDeliveryStream("elsewhere", region: "eu-west-1");
        Answer first = await Aws.FirehoseAsync("ListDeliveryStreams", "{}");
        Answer rest = await Aws.FirehoseAsync("ListDeliveryStreams", """{"ExclusiveStartDeliveryStreamName":"d09"}""");
        Answer few = await Aws.FirehoseAsync("ListDeliveryStreams", """{"Limit":2,"DeliveryStreamType":"DirectPut"}""");
        Answer others = await Aws.FirehoseAsync("ListDeliveryStreams", """{"DeliveryStreamType":"MSKAsSource"}""");

        Assert.Equal(10, first.Json.GetProperty("DeliveryStreamNames").GetArrayLength());
        Assert.True(first.Json.GetProperty("HasMoreDeliveryStreams").GetBoolean());
        Assert.Equal("""{"DeliveryStreamNames":["d10","d11"],"HasMoreDeliveryStreams":false}""", rest.Text);
        Assert.Equal("""{"DeliveryStreamNames":["d00","d01"],"HasMoreDeliveryStreams":true}""", few.Text);
        Assert.Equal("""{"DeliveryStreamNames":[],"HasMoreDeliveryStreams":false}""", others.Text);
    }

    private Task<Answer> Put(params int[] sizes) => Aws.FirehoseAsync(
        "PutRecordBatch",
        $$"""{"DeliveryStreamName":"d","Records":[{{string.Join(',', sizes.Select(size => $$"""{"Data":"{{Convert.ToBase64String(new byte[size])}}"}"""))}}]}""");
}
