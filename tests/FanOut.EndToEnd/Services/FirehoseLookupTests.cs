using System.Net;
using System.Text.Json.Nodes;
using FanOut.Aws.Firehose;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class FirehoseLookupTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delivery_streams_are_described_and_listed_page_by_page()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        string[] made = ["lookup-1", "lookup-2", "lookup-3"];
        using ServiceApi api = new(endpoint);
        foreach (string name in made)
        {
            await api.JsonAsync("firehose", "Firehose_20150804.CreateDeliveryStream", new JsonObject
            {
                ["DeliveryStreamName"] = name,
                ["ExtendedS3DestinationConfiguration"] = new JsonObject
                {
                    ["RoleARN"] = $"arn:aws:iam::{Emulated.Account}:role/firehose",
                    ["BucketARN"] = "arn:aws:s3:::firehose-lookup",
                },
            });
        }

        using AmazonKinesisFirehoseClient client = Client(endpoint);
        DeliveryStreamDescription found =
            (await client.DescribeDeliveryStreamAsync(new() { DeliveryStreamName = "lookup-2" }, Cancellation)).DeliveryStreamDescription!;
        List<string> names = [];
        int pages = 0;
        for (bool? more = true; more == true; pages++)
        {
            ListDeliveryStreamsResponse page = await client.ListDeliveryStreamsAsync(
                new() { Limit = 2, DeliveryStreamType = "DirectPut", ExclusiveStartDeliveryStreamName = names.LastOrDefault() }, Cancellation);
            names.AddRange(page.DeliveryStreamNames!);
            more = page.HasMoreDeliveryStreams;
        }

        Assert.Equal(
            ("lookup-2", $"arn:aws:firehose:{Emulated.Region}:{Emulated.Account}:deliverystream/lookup-2", "ACTIVE", "DirectPut"),
            (found.DeliveryStreamName, found.DeliveryStreamARN, found.DeliveryStreamStatus, found.DeliveryStreamType));
        Assert.True(pages > 1);
        Assert.Subset(names.ToHashSet(), made.ToHashSet());
    }

    [Fact]
    public async Task A_delivery_stream_that_does_not_exist_is_named_in_a_typed_refusal()
    {
        using AmazonKinesisFirehoseClient client = Client((await moto.StartAsync()).Endpoint);

        AmazonKinesisFirehoseException refusal = await Assert.ThrowsAsync<AmazonKinesisFirehoseException>(
            () => client.DescribeDeliveryStreamAsync(new() { DeliveryStreamName = "absent" }, Cancellation));

        Assert.Equal((HttpStatusCode.BadRequest, "ResourceNotFoundException"), (refusal.StatusCode, refusal.ErrorCode));
        Assert.Contains("absent", refusal.Message, StringComparison.Ordinal);
    }

    private static AmazonKinesisFirehoseClient Client(Uri endpoint) =>
        new(Emulated.Credentials, Emulated.Config(AmazonKinesisFirehoseClient.Service, endpoint));
}
