using System.Text.Json.Nodes;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

/// <summary>A queue at moto, to read back what was sent to it or to a topic it subscribes.</summary>
internal sealed class Queue : IDisposable
{
    private readonly ServiceApi _api;

    private Queue(ServiceApi api, string name, string url) => (_api, Arn, Url) = (api, $"arn:aws:sqs:{Emulated.Region}:{Emulated.Account}:{name}", url);

    public string Arn { get; }

    public string Url { get; }

    /// <summary>Makes a queue; a name that ends in <c>.fifo</c> makes a FIFO queue.</summary>
    public static async Task<Queue> CreateAsync(Uri endpoint, string name)
    {
        ServiceApi api = new(endpoint);
        JsonObject attributes = name.EndsWith(".fifo", StringComparison.Ordinal) ? new() { ["FifoQueue"] = "true" } : new();
        JsonNode created = await api.JsonAsync("sqs", "AmazonSQS.CreateQueue", new() { ["QueueName"] = name, ["Attributes"] = attributes });
        return new(api, name, (string)created["QueueUrl"]!);
    }

    /// <summary>Makes a topic of the same name that delivers to the queue as it was published.</summary>
    /// <returns>The topic's ARN.</returns>
    public async Task<string> SubscribeTopicAsync(string name)
    {
        (string, string)[] fifo = name.EndsWith(".fifo", StringComparison.Ordinal)
            ? [("Attributes.entry.1.key", "FifoTopic"), ("Attributes.entry.1.value", "true")]
            : [];
        await _api.QueryAsync("sns", "2010-03-31", "CreateTopic", [("Name", name), .. fifo]);
        string topic = $"arn:aws:sns:{Emulated.Region}:{Emulated.Account}:{name}";
        await _api.QueryAsync(
            "sns", "2010-03-31", "Subscribe",
            ("TopicArn", topic), ("Protocol", "sqs"), ("Endpoint", Arn),
            ("Attributes.entry.1.key", "RawMessageDelivery"), ("Attributes.entry.1.value", "true"));
        return topic;
    }

    /// <summary>Takes up to ten messages.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync() => [.. (await TakeAsync()).Select(message => ReceivedMessage.Of(message!))];

    /// <summary>Takes messages, and deletes them, until there are none.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAllAsync()
    {
        List<ReceivedMessage> all = [];
        while (await TakeAsync() is { Count: > 0 } messages)
        {
            all.AddRange(messages.Select(message => ReceivedMessage.Of(message!)));
            // In a FIFO queue a message that is not deleted holds back the rest of its group.
            await _api.JsonAsync("sqs", "AmazonSQS.DeleteMessageBatch", new()
            {
                ["QueueUrl"] = Url,
                ["Entries"] = new JsonArray([.. messages.Select((message, index) =>
                    new JsonObject { ["Id"] = $"{index}", ["ReceiptHandle"] = (string?)message!["ReceiptHandle"] })]),
            });
        }
        return all;
    }

    /// <summary>The attributes of up to ten messages, as <see cref="ReceivedMessage.AttributesOf"/> writes them.</summary>
    public async Task<IReadOnlyList<string>> ReceiveAttributesAsync() => [.. (await TakeAsync()).Select(message => ReceivedMessage.AttributesOf(message!))];

    public void Dispose() => _api.Dispose();

    private async Task<JsonArray> TakeAsync()
    {
        JsonNode received = await _api.JsonAsync("sqs", "AmazonSQS.ReceiveMessage", new()
        {
            ["QueueUrl"] = Url,
            ["MaxNumberOfMessages"] = 10,
            ["MessageAttributeNames"] = new JsonArray("All"),
            ["AttributeNames"] = new JsonArray("All"),
        });
        return received["Messages"]?.AsArray() ?? [];
    }
}
