using System.Text;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.LocalCloud.Lambda.EventSources;

public sealed class PartitionBucketTests
{
    [Fact]
    public void Equal_keys_fall_in_the_same_bucket_whatever_else_the_record_says() =>
        Assert.Equal(
            Of("""{"kinesis":{"partitionKey":"a","data":"eHg=","sequenceNumber":"1"},"eventID":"x"}"""),
            Of("""{"awsRegion":"r","nested":{"partitionKey":"b"},"kinesis":{"data":"","other":{"partitionKey":"c"},"partitionKey":"a"}}"""));

    [Fact]
    public void DynamoDB_records_go_by_their_keys()
    {
        var first = Of("""{"dynamodb":{"Keys":{"id":{"S":"1"}},"NewImage":{"Keys":{"S":"x"}},"SequenceNumber":"1"}}""");

        Assert.Equal(first, Of("""{"dynamodb":{"SequenceNumber":"2","OldImage":{},"Keys":{"id":{"S":"1"}}}}"""));
        Assert.Contains(Enumerable.Range(2, 20), i => Of($$$$"""{"dynamodb":{"Keys":{"id":{"S":"{{{{i}}}}"} } } }""") != first);
    }

    [Fact]
    public void Keys_spread_over_all_buckets() =>
        Assert.Equal(10, Enumerable.Range(0, 1000).Select(i => Of($$$"""{"kinesis":{"partitionKey":"{{{i}}}","data":"" }}""")).Distinct().Count());

    [Fact]
    public void A_record_without_a_key_falls_in_the_first_bucket() => Assert.Equal(0, Of("""{"Sns":{"Message":"m"}}"""));

    private static int Of(string json) => PartitionBucket.Of(Encoding.UTF8.GetBytes(json), 10);
}
