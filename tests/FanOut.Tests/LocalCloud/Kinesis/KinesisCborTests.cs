using System.Formats.Cbor;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Kinesis;
using FanOut.LocalCloud;

namespace FanOut.Tests.LocalCloud.Kinesis;

public sealed class KinesisCborTests : CloudTests
{
    private const string Cbor = "application/x-amz-cbor-1.1";

    [Fact]
    public async Task Records_that_come_in_CBOR_are_taken_and_answered_in_CBOR()
    {
        Cloud.Kinesis.CreateStream("s");
        byte[] bytes = [0, 255, 10, 13];
        using AmazonKinesisClient client = Client();

        PutRecordsResponse taken = await PutAsync(client, "s", bytes);
        AmazonKinesisException refused = await Assert.ThrowsAsync<AmazonKinesisException>(() => PutAsync(client, "absent", bytes));

        Assert.Equal((1, 0), (taken.RecordCount, taken.FailedRecordCount));
        Assert.Equal(("ResourceNotFoundException", "Stream absent under account 123456789012 not found."), (refused.ErrorCode, refused.Message));
        Arrival arrival = Assert.Single(Cloud.Kinesis.Received);
        Assert.Equal("é", arrival.Key);
        Assert.Equal(bytes, arrival.Data.ToArray());
        Assert.All(Cloud.Calls, static c => Assert.Equal(Cbor, c.Headers["Content-Type"]));
    }

    [Fact]
    public async Task Records_are_read_in_CBOR_as_bytes()
    {
        Cloud.Kinesis.CreateStream("s");
        using AmazonKinesisClient client = Client();
        await PutAsync(client, "s", [1, 2, 3]);
        Answer iterator = await Aws.KinesisAsync("GetShardIterator", """{"StreamName":"s","ShardId":"shardId-000000000000","ShardIteratorType":"TRIM_HORIZON"}""");
        var request = new CborWriter();
        request.WriteStartMap(null);
        request.WriteTextString("ShardIterator");
        request.WriteTextString(iterator.Json.GetProperty("ShardIterator").GetString()!);
        request.WriteEndMap();

        Answer read = await SendAsync("GetRecords", request.Encode());

        // A byte string of three.
        Assert.Contains("Data\x43\x01\x02\x03", read.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A1")]
    [InlineData("A16161FF")]
    [InlineData("A000")]
    [InlineData("80")]
    public async Task What_is_not_CBOR_is_refused_in_CBOR(string hex)
    {
        Answer answer = await SendAsync("PutRecords", Convert.FromHexString(hex));

        Assert.Equal(400, answer.Status);
        Assert.Contains("SerializationException", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_services_do_not_know_it()
    {
        Answer answer = await Aws.SendAsync("firehose", HttpMethod.Post, "/", [0xA0], Cbor, static r => r.Headers.Add("X-Amz-Target", "Firehose_20150804.PutRecordBatch"));

        Assert.Equal("SerializationException", answer.Error);
    }

    private AmazonKinesisClient Client() => new(new BasicAWSCredentials("AKIDEXAMPLE", "secret"), new AwsClientConfig(AmazonKinesisClient.Service, "us-east-1", Cloud.Endpoint));

    private Task<Answer> SendAsync(string operation, byte[] body) =>
        Aws.SendAsync("kinesis", HttpMethod.Post, "/", body, Cbor, r => r.Headers.Add("X-Amz-Target", $"Kinesis_20131202.{operation}"));

    private static Task<PutRecordsResponse> PutAsync(AmazonKinesisClient client, string stream, byte[] data) => client.PutRecordsAsync(
        new() { StreamName = stream, Records = PutRecordsEntries.Of(new PutRecordsRequestEntry(new Blob(data, false), "é"u8.ToArray(), default)) }, TestContext.Current.CancellationToken);
}
