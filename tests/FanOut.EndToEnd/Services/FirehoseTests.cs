using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FanOut.Aws;
using FanOut.Aws.Firehose;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class FirehoseTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_arrive_in_the_bucket_of_the_delivery_stream()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await api.RestAsync(HttpMethod.Put, "s3", "/firehose-tests");
        await api.JsonAsync("firehose", "Firehose_20150804.CreateDeliveryStream", new()
        {
            ["DeliveryStreamName"] = "to-bucket",
            ["ExtendedS3DestinationConfiguration"] = new JsonObject
            {
                ["RoleARN"] = $"arn:aws:iam::{Emulated.Account}:role/firehose",
                ["BucketARN"] = "arn:aws:s3:::firehose-tests",
            },
        });
        using AmazonKinesisFirehoseClient client = new(Emulated.Credentials, Emulated.Config(AmazonKinesisFirehoseClient.Service, endpoint));
        byte[] binary = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

        PutRecordBatchResponse response = await client.PutRecordBatchAsync(
            new()
            {
                DeliveryStreamName = "to-bucket",
                Records = new[]
                {
                    new Blob(binary, IsBase64: false),
                    new Blob(Encoding.ASCII.GetBytes(Convert.ToBase64String(binary)), IsBase64: true),
                    new Blob("é€😀\n"u8.ToArray(), IsBase64: false),
                },
            },
            Cancellation);

        Assert.Equal((0, 3, 0), (response.FailedPutCount, response.RecordCount, response.Failed.Count));
        byte[] stored = await ReadOnlyObjectAsync(api, "firehose-tests");
        Assert.Equal([.. binary, .. binary, .. "é€😀\n"u8], stored);
    }

    [Fact]
    public async Task A_delivery_stream_that_does_not_exist_is_named_in_a_typed_refusal()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using AmazonKinesisFirehoseClient client = new(Emulated.Credentials, Emulated.Config(AmazonKinesisFirehoseClient.Service, endpoint));

        AmazonKinesisFirehoseException refusal = await Assert.ThrowsAsync<AmazonKinesisFirehoseException>(() => client.PutRecordBatchAsync(
            new() { DeliveryStreamName = "absent", Records = new[] { new Blob("x"u8.ToArray(), IsBase64: false) } }, Cancellation));

        Assert.Equal((HttpStatusCode.BadRequest, "ResourceNotFoundException"), (refusal.StatusCode, refusal.ErrorCode));
        Assert.Contains("absent", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<byte[]> ReadOnlyObjectAsync(ServiceApi api, string bucket)
    {
        byte[] listed = await api.RestAsync(HttpMethod.Get, "s3", $"/{bucket}?list-type=2");
        XElement key = Assert.Single(XElement.Parse(Encoding.UTF8.GetString(listed)).Descendants(), element => element.Name.LocalName == "Key");
        return await api.RestAsync(HttpMethod.Get, "s3", $"/{bucket}/{key.Value}");
    }
}
