using System.Text;
using Amazon.Runtime;
using FanOut.Aws.Kinesis;
using FanOut.Aws.Streams;

namespace FanOut.Tests.Aws;

/// <summary>GetRecords of Kinesis, as its model writes the answer.</summary>
public sealed class GetRecordsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_have_their_bytes_times_and_keys_and_what_is_unknown_is_left_out()
    {
        await using Wire wire = new(
            """
            {"ChildShards":[{"ShardId":"c","ParentShards":["p"]}],"Records":[
            {"Data":"AP+A","PartitionKey":"k\u00e9y","SequenceNumber":"49","ApproximateArrivalTimestamp":1.764323999123E9,"EncryptionType":"KMS","New":{"a":[1]}},
            {"SequenceNumber":"50","Data":"","PartitionKey":null,"ApproximateArrivalTimestamp":null}],"NextShardIterator":"next","MillisBehindLatest":1500}
            """,
            """{"Records":[],"NextShardIterator":null,"MillisBehindLatest":0}""",
            """{"Records":[{"Data":"AA=="}]}""");
        using AmazonKinesisClient client = new(Wire.Credentials, wire.Config(AmazonKinesisClient.Service));

        GetRecordsResponse<ShardData> page = await client.GetRecordsAsync(new() { StreamARN = "a", ShardIterator = "i", Limit = 2 }, Cancellation);
        GetRecordsResponse<ShardData> end = await client.GetRecordsAsync(new() { ShardIterator = "next" }, Cancellation);

        Assert.Equal(("49", "kéy", "00FF80"), (page.Records![0].SequenceNumber, page.Records[0].PartitionKey, Convert.ToHexString(page.Records[0].Data.Span)));
        Assert.Equal(new DateTime(2025, 11, 28, 9, 59, 59, 123, DateTimeKind.Utc), page.Records[0].ApproximateArrivalTimestamp);
        Assert.Equal(("50", "", 0, null), (page.Records[1].SequenceNumber, page.Records[1].PartitionKey, page.Records[1].Data.Length, page.Records[1].ApproximateArrivalTimestamp));
        Assert.Equal(("next", 1500), (page.NextShardIterator, page.MillisBehindLatest));
        Assert.Equal((0, null, 0), (end.Records!.Count, end.NextShardIterator, end.MillisBehindLatest));
        await Assert.ThrowsAnyAsync<AmazonUnmarshallingException>(() => client.GetRecordsAsync(new() { ShardIterator = "next" }, Cancellation));
        Assert.Equal("""{"StreamARN":"a","ShardIterator":"i","Limit":2}""", Encoding.UTF8.GetString(wire.Arrived[0].Body.Span));
    }
}
