using FanOut.Aws.Protocols;
using FanOut.Aws.Sqs;
using FanOut.Engine.Batching;
using FanOut.Engine.Events;
using FanOut.Engine.Faults;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>An SQS queue, standard or FIFO: SendMessageBatch, with or without collapse.</summary>
internal sealed class SqsTarget : ITarget
{
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
    private const int MostAttributes = 10;

    private readonly AmazonSQSClient _client;
    private readonly QueueDestination _queue;
    private readonly Composer _composer;
    private readonly Collapse _collapse;
    private readonly Messages _messages;

    public SqsTarget(Mapping mapping, AmazonSQSClient client)
    {
        _client = client;
        _queue = (QueueDestination)mapping.Destination;
        _collapse = mapping.Collapse;
        _composer = new Composer(mapping);
        Limits = new Limits(10, mapping.MaxItemBytes ?? 262_144, mapping.MaxBatchBytes ?? 1_048_576);
        _messages = new Messages(mapping.Collapse, Limits, textOnly: true, MostAttributes, own: MessageAttributes.Of(mapping));
    }

    public Limits Limits { get; }

    public PayloadForm Form => PayloadForm.Bytes;

    public IItemCutter Cutter => _messages;

    public bool IsOrdered => _queue.IsFifo;

    public CallOrder CallOrder => _queue.IsFifo && _collapse != Collapse.None ? CallOrder.OneGroup : CallOrder.ByKey;

    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        using RequestBody room = _composer.Room(items.Span);
        var entries = new SendMessageBatchRequestEntry[items.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            Item item = items.Span[i];
            MessageExtras extras = _messages.ExtrasOf(batch, item);
            entries[i] = _queue.IsFifo
                ? new(_composer.Message(batch, item, room), item.IsBase64, _composer.Group(batch, item), _composer.Deduplication(batch, item), extras.Attributes)
                : new(_composer.Message(batch, item, room), item.IsBase64, MessageAttributes: extras.Attributes);
        }

        var request = new SendMessageBatchRequest { QueueUrl = _queue.Url, Entries = entries };
        SendMessageBatchResponse response = await _client.SendMessageBatchAsync(request, cancellationToken).ConfigureAwait(false);
        UntrustworthyAnswerException.ThrowIfNone("SendMessageBatch", response.EntryCount, entries.Length);
        return Receipt.Of(Service.Sqs, response.Failed, entries.Length);
    }

    public ValueTask DisposeAsync() => default;
}
