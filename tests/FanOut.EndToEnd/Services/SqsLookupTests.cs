using System.Net;
using FanOut.Aws.Sqs;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class SqsLookupTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData(Emulated.Account)]
    public async Task A_queue_is_found_by_its_name(string? owner)
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(endpoint, "lookup.fifo");
        using AmazonSQSClient client = Client(endpoint);

        GetQueueUrlResponse found = await client.GetQueueUrlAsync(new() { QueueName = "lookup.fifo", QueueOwnerAWSAccountId = owner }, Cancellation);
        GetQueueAttributesResponse attributes = await client.GetQueueAttributesAsync(
            new() { QueueUrl = found.QueueUrl!, AttributeNames = ["QueueArn", "FifoQueue"] }, Cancellation);

        Assert.Equal(queue.Url, found.QueueUrl);
        Assert.Equal(new Dictionary<string, string> { ["QueueArn"] = queue.Arn, ["FifoQueue"] = "true" }, attributes.Attributes);
    }

    [Fact]
    public async Task Queues_are_listed_by_the_beginning_of_their_names()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using Queue one = await Queue.CreateAsync(endpoint, "listed-one");
        using Queue two = await Queue.CreateAsync(endpoint, "listed-two");
        using AmazonSQSClient client = Client(endpoint);

        ListQueuesResponse listed = await client.ListQueuesAsync(new() { QueueNamePrefix = "listed-" }, Cancellation);
        ListQueuesResponse none = await client.ListQueuesAsync(new() { QueueNamePrefix = "nothing-" }, Cancellation);

        Assert.Equal([one.Url, two.Url], listed.QueueUrls!.Order(StringComparer.Ordinal));
        Assert.Equal((null, null), (none.QueueUrls, none.NextToken));
    }

    [Fact]
    public async Task A_queue_that_does_not_exist_is_a_typed_refusal()
    {
        using AmazonSQSClient client = Client((await moto.StartAsync()).Endpoint);

        AmazonSQSException refusal = await Assert.ThrowsAsync<AmazonSQSException>(() => client.GetQueueUrlAsync(new() { QueueName = "absent" }, Cancellation));

        Assert.Equal((HttpStatusCode.BadRequest, "QueueDoesNotExist"), (refusal.StatusCode, refusal.ErrorCode));
        Assert.Contains("does not exist", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.RequestId);
    }

    private static AmazonSQSClient Client(Uri endpoint) => new(Emulated.Credentials, Emulated.Config(AmazonSQSClient.Service, endpoint));
}
