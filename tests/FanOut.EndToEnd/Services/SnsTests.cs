using System.Net;
using System.Text;
using FanOut.Aws.Sns;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class SnsTests(MotoServer moto)
{
    private const string Awkward = "é€😀 \"quoted\" \\ <&>\t\r\n/ 100% a+b=c ~-_.*";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Published_messages_reach_the_queue_that_subscribes()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(endpoint, "sns-plain");
        string topic = await queue.SubscribeTopicAsync("sns-plain");
        using AmazonSimpleNotificationServiceClient client = Client(endpoint);

        PublishResponse single = await client.PublishAsync(
            new() { TopicArn = topic, Entry = new("single"u8.ToArray()) }, Cancellation);
        PublishBatchResponse batch = await client.PublishBatchAsync(
            new()
            {
                TopicArn = topic,
                PublishBatchRequestEntries = new PublishBatchRequestEntry[] { new(Encoding.UTF8.GetBytes(Awkward)), new("AP8="u8.ToArray(), IsBase64: true) },
            },
            Cancellation);

        Assert.NotEmpty(single.MessageId);
        Assert.Equal((2, 0), (batch.EntryCount, batch.Failed.Count));
        Assert.Equal(
            [new("single", null, null, null), new(Awkward, null, null, null), new("AP8=", "base64", null, null)],
            await queue.ReceiveAsync());
    }

    [Fact]
    public async Task Attributes_and_a_subject_are_published()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(endpoint, "sns-attributes");
        string topic = await queue.SubscribeTopicAsync("sns-attributes");
        using AmazonSimpleNotificationServiceClient client = Client(endpoint);

        PublishBatchResponse batch = await client.PublishBatchAsync(
            new()
            {
                TopicArn = topic,
                PublishBatchRequestEntries = new PublishBatchRequestEntry[]
                {
                    new("m"u8.ToArray(), MessageAttributes: [new("text", Awkward), new("number", "12", "Number")], Subject: "a subject & more"),
                },
            },
            Cancellation);

        Assert.Empty(batch.Failed);
        Assert.Equal([$"number Number 12|text String {Awkward}"], await queue.ReceiveAttributesAsync());
    }

    [Fact]
    public async Task A_FIFO_topic_keeps_groups_and_deduplication_ids()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(endpoint, "sns-groups.fifo");
        string topic = await queue.SubscribeTopicAsync("sns-groups.fifo");
        using AmazonSimpleNotificationServiceClient client = Client(endpoint);

        await client.PublishBatchAsync(
            new()
            {
                TopicArn = topic,
                PublishBatchRequestEntries = new PublishBatchRequestEntry[]
                {
                    new("one"u8.ToArray(), MessageGroupId: "a group & more"u8.ToArray(), MessageDeduplicationId: "d-1"u8.ToArray()),
                    new("two"u8.ToArray(), MessageGroupId: "a group & more"u8.ToArray(), MessageDeduplicationId: "d-2"u8.ToArray()),
                },
            },
            Cancellation);

        Assert.Equal(
            [new("one", null, "a group & more", "d-1"), new("two", null, "a group & more", "d-2")], await queue.ReceiveAsync());
    }

    [Theory]
    [InlineData(262_144, true)]
    [InlineData(262_145, false)]
    public async Task A_message_of_256_KiB_is_taken_and_one_byte_more_is_refused(int bytes, bool taken)
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(endpoint, $"sns-{bytes}");
        string topic = await queue.SubscribeTopicAsync($"sns-{bytes}");
        using AmazonSimpleNotificationServiceClient client = Client(endpoint);
        byte[] message = new byte[bytes];
        message.AsSpan().Fill((byte)'&');

        string code = "";
        try
        {
            await client.PublishAsync(new() { TopicArn = topic, Entry = new(message) }, Cancellation);
        }
        catch (AmazonSimpleNotificationServiceException refusal)
        {
            code = refusal.ErrorCode;
        }

        Assert.Equal(taken ? "" : "InvalidParameter", code);
        Assert.Equal(taken ? [bytes] : [], (await queue.ReceiveAsync()).Select(received => received.Body.Length));
    }

    [Fact]
    public async Task A_topic_that_does_not_exist_is_a_typed_refusal()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using AmazonSimpleNotificationServiceClient client = Client(endpoint);

        AmazonSimpleNotificationServiceException refusal = await Assert.ThrowsAsync<AmazonSimpleNotificationServiceException>(() =>
            client.PublishAsync(
                new() { TopicArn = $"arn:aws:sns:{Emulated.Region}:{Emulated.Account}:absent", Entry = new("x"u8.ToArray()) }, Cancellation));

        Assert.Equal((HttpStatusCode.NotFound, "NotFound"), (refusal.StatusCode, refusal.ErrorCode));
        Assert.NotEmpty(refusal.RequestId);
    }

    private static AmazonSimpleNotificationServiceClient Client(Uri endpoint) =>
        new(Emulated.Credentials, Emulated.Config(AmazonSimpleNotificationServiceClient.Service, endpoint));
}
