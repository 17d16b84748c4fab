using System.Text;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.LocalCloud.Lambda.EventSources;

public sealed class DiscardedBatchTests
{
    private static readonly DiscardedBatch Discarded = new()
    {
        RequestId = "c9b8fa9f-5a7f-4c1e-af9c-0c604cde93a5",
        FunctionArn = "arn:aws:lambda:us-east-2:123456789012:function:fanout",
        Condition = DiscardedBatch.RetryAttemptsExhausted,
        ApproximateInvokeCount = 3,
        FunctionError = "Unhandled",
        Timestamp = new(2026, 1, 2, 3, 4, 5, 6, TimeSpan.FromHours(1)),
        StreamArn = Shards.KinesisArn,
        ShardId = "shardId-000000000001",
        StartSequenceNumber = "49601189658422359378836298521827638475320189012309704722",
        EndSequenceNumber = "49601189658422359378836298522902373528957594348623495186",
        ApproximateArrivalOfFirstRecord = Shards.Epoch,
        ApproximateArrivalOfLastRecord = Shards.Epoch.AddMilliseconds(745),
        BatchSize = 500,
    };

    [Fact]
    public void It_is_written_as_Lambda_writes_it_for_Kinesis() => Assert.Equal(
        """
        {"requestContext":{"requestId":"c9b8fa9f-5a7f-4c1e-af9c-0c604cde93a5",
        "functionArn":"arn:aws:lambda:us-east-2:123456789012:function:fanout",
        "condition":"RetryAttemptsExhausted","approximateInvokeCount":3},
        "responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},
        "version":"1.0","timestamp":"2026-01-02T02:04:05.006Z",
        "KinesisBatchInfo":{"shardId":"shardId-000000000001",
        "startSequenceNumber":"49601189658422359378836298521827638475320189012309704722",
        "endSequenceNumber":"49601189658422359378836298522902373528957594348623495186",
        "approximateArrivalOfFirstRecord":"2026-01-01T00:00:00.000Z",
        "approximateArrivalOfLastRecord":"2026-01-01T00:00:00.745Z",
        "batchSize":500,"streamArn":"arn:aws:kinesis:eu-central-1:000000000000:stream/orders"}}
        """.ReplaceLineEndings(""),
        Encoding.UTF8.GetString(Discarded.ToJson()));

    [Theory]
    [InlineData(Shards.DynamoDBArn)]
    [InlineData("arn:aws-cn:dynamodb:cn-north-1:000000000000:table/t/stream/s")]
    public void A_DynamoDB_stream_has_its_own_word(string arn) =>
        Assert.Contains(",\"DDBStreamBatchInfo\":{\"shardId\":", Encoding.UTF8.GetString((Discarded with { StreamArn = arn }).ToJson()), StringComparison.Ordinal);

    [Fact]
    public void Records_that_were_not_sent_have_no_response()
    {
        var json = Encoding.UTF8.GetString(
            (Discarded with { Condition = DiscardedBatch.RecordAgeExceeded, ApproximateInvokeCount = 0, FunctionError = null }).ToJson());

        Assert.DoesNotContain("responseContext", json, StringComparison.Ordinal);
        Assert.Contains("\"condition\":\"RecordAgeExceeded\",\"approximateInvokeCount\":0", json, StringComparison.Ordinal);
    }
}
