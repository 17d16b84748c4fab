using FanOut.Aws.Protocols;
using FanOut.Aws.Sns;
using FanOut.Engine.Batching;
using FanOut.Engine.Events;
using FanOut.Engine.Faults;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>An SNS topic, standard or FIFO: PublishBatch, with or without collapse.</summary>
internal sealed class SnsTarget : ITarget
{
    private readonly AmazonSimpleNotificationServiceClient _client;
    private readonly TopicDestination _topic;
    private readonly Composer _composer;
    private readonly Collapse _collapse;
    private readonly Messages _messages;

    public SnsTarget(Mapping mapping, AmazonSimpleNotificationServiceClient client)
    {
        _client = client;
        _topic = (TopicDestination)mapping.Destination;
        _collapse = mapping.Collapse;
        _composer = new Composer(mapping);
        int itemBytes = mapping.MaxItemBytes ?? 262_144;

        // The limit of a message is also the limit of a call.
        Limits = new Limits(10, itemBytes, mapping.MaxBatchBytes ?? itemBytes);
        _messages = new Messages(mapping.Collapse, Limits, textOnly: true, own: MessageAttributes.Of(mapping));
    }

    public Limits Limits { get; }

    public PayloadForm Form => PayloadForm.Bytes;

    public IItemCutter Cutter => _messages;

    public bool IsOrdered => _topic.IsFifo;

    public CallOrder CallOrder => _topic.IsFifo && _collapse != Collapse.None ? CallOrder.OneGroup : CallOrder.ByKey;

    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        using RequestBody room = _composer.Room(items.Span);
        var entries = new PublishBatchRequestEntry[items.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            Item item = items.Span[i];
            MessageExtras extras = _messages.ExtrasOf(batch, item);
            entries[i] = _topic.IsFifo
                ? new(_composer.Message(batch, item, room), item.IsBase64, _composer.Group(batch, item), _composer.Deduplication(batch, item), extras.Attributes, extras.Subject)
                : new(_composer.Message(batch, item, room), item.IsBase64, MessageAttributes: extras.Attributes, Subject: extras.Subject);
        }

        var request = new PublishBatchRequest { TopicArn = _topic.Arn.ToString(), PublishBatchRequestEntries = entries };
        PublishBatchResponse response = await _client.PublishBatchAsync(request, cancellationToken).ConfigureAwait(false);
        UntrustworthyAnswerException.ThrowIfNone("PublishBatch", response.EntryCount, entries.Length);
        return Receipt.Of(Service.Sns, response.Failed, entries.Length);
    }

    public ValueTask DisposeAsync() => default;
}
