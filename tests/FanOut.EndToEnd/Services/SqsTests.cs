using System.Net;
using FanOut.Aws.Sqs;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class SqsTests(MotoServer moto)
{
    private const string Awkward = "é€😀 \"quoted\" \\ <&>\t\r\n/ 100% a+b=c";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_are_received_as_they_were_sent()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(endpoint, "sqs-plain");
        using AmazonSQSClient client = Client(endpoint);

        SendMessageBatchResponse response = await client.SendMessageBatchAsync(
            new()
            {
                QueueUrl = queue.Url,
                Entries = new SendMessageBatchRequestEntry[] { new(System.Text.Encoding.UTF8.GetBytes(Awkward)), new("AP8="u8.ToArray(), IsBase64: true) },
            },
            Cancellation);

        Assert.Equal((2, 0), (response.EntryCount, response.Failed.Count));
        Assert.Equal(
            [new(Awkward, null, null, null), new("AP8=", "base64", null, null)], await queue.ReceiveAsync());
    }

    [Fact]
    public async Task Attributes_of_all_types_are_sent()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(endpoint, "sqs-attributes");
        using AmazonSQSClient client = Client(endpoint);

        SendMessageBatchResponse batch = await client.SendMessageBatchAsync(
            new()
            {
                QueueUrl = queue.Url,
                Entries = new SendMessageBatchRequestEntry[] { new("m"u8.ToArray(), MessageAttributes: [new("text", Awkward), new("number", "12", "Number"), new("bytes", "AQID", "Binary")]) },
            },
            Cancellation);

        Assert.Empty(batch.Failed);
        Assert.Equal([$"bytes Binary AQID|number Number 12|text String {Awkward}"], await queue.ReceiveAttributesAsync());
    }

    [Fact]
    public async Task A_FIFO_queue_keeps_groups_and_drops_what_it_has_seen()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(endpoint, "sqs-groups.fifo");
        using AmazonSQSClient client = Client(endpoint);
        SendMessageBatchRequest request = new()
        {
            QueueUrl = queue.Url,
            Entries = new SendMessageBatchRequestEntry[]
            {
                new("one"u8.ToArray(), MessageGroupId: "g"u8.ToArray(), MessageDeduplicationId: "d-1"u8.ToArray()),
                new("two"u8.ToArray(), MessageGroupId: "g"u8.ToArray(), MessageDeduplicationId: "d-2"u8.ToArray()),
            },
        };

        await client.SendMessageBatchAsync(request, Cancellation);
        SendMessageBatchResponse again = await client.SendMessageBatchAsync(request, Cancellation);

        Assert.Equal((2, 0), (again.EntryCount, again.Failed.Count));
        Assert.Equal([new("one", null, "g", "d-1"), new("two", null, "g", "d-2")], await queue.ReceiveAsync());
    }

    [Theory]
    [InlineData(1_048_576, true)]
    [InlineData(1_048_577, false)]
    public async Task A_call_of_one_mebibyte_is_taken_and_one_byte_more_is_refused(int bytes, bool taken)
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using Queue queue = await Queue.CreateAsync(endpoint, $"sqs-{bytes}");
        using AmazonSQSClient client = Client(endpoint);
        // In ASCII, because moto counts characters.
        byte[] body = new byte[bytes - 2];
        body.AsSpan().Fill((byte)'"');
        SendMessageBatchRequest request = new()
        {
            QueueUrl = queue.Url,
            Entries = new SendMessageBatchRequestEntry[] { new(body), new("ab"u8.ToArray()) },
        };

        string code = "";
        try
        {
            await client.SendMessageBatchAsync(request, Cancellation);
        }
        catch (AmazonSQSException refusal)
        {
            code = refusal.ErrorCode;
        }

        Assert.Equal(taken ? "" : "BatchRequestTooLong", code);
        Assert.Equal(taken ? [body.Length, 2] : [], (await queue.ReceiveAsync()).Select(message => message.Body.Length));
    }

    [Fact]
    public async Task A_queue_that_does_not_exist_is_a_typed_refusal()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using AmazonSQSClient client = Client(endpoint);

        AmazonSQSException refusal = await Assert.ThrowsAsync<AmazonSQSException>(() => client.SendMessageBatchAsync(
            new()
            {
                QueueUrl = new Uri(endpoint, $"{Emulated.Account}/absent").AbsoluteUri,
                Entries = new SendMessageBatchRequestEntry[] { new("x"u8.ToArray()) },
            },
            Cancellation));

        Assert.Equal((HttpStatusCode.BadRequest, "QueueDoesNotExist"), (refusal.StatusCode, refusal.ErrorCode));
    }

    private static AmazonSQSClient Client(Uri endpoint) => new(Emulated.Credentials, Emulated.Config(AmazonSQSClient.Service, endpoint));
}
