using System.Text;
using FanOut.Aws.Iot;
using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>An MQTT topic of AWS IoT, or one for each record: one Publish per message, any bytes.</summary>
internal sealed class IotTarget : ITarget
{
    private readonly AmazonIotDataClient _client;
    private readonly IotDestination _destination;
    private readonly Composer _composer;
    private readonly int _topic;
    private readonly UserProperties? _properties;

    public IotTarget(Mapping mapping, AmazonIotDataClient client)
    {
        _client = client;
        _destination = (IotDestination)mapping.Destination;
        _composer = new Composer(mapping);
        _topic = TextTemplates.NumberOf(mapping.Texts, IotDestination.TopicOfRecord);
        int itemBytes = mapping.MaxItemBytes ?? 131_072;
        Limits = new Limits(1, itemBytes, itemBytes);
        _properties = UserProperties.Of(mapping);
        Cutter = new Messages(mapping.Collapse, Limits, textOnly: false, check: _topic < 0 ? null : CheckTopic, properties: _properties);
    }

    public Limits Limits { get; }

    public PayloadForm Form => PayloadForm.Bytes;

    public IItemCutter Cutter { get; }

    public CallOrder CallOrder => CallOrder.AsOne;

    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        using RequestBody room = _composer.Room(items.Span);
        var request = new IotPublishRequest
        {
            Topic = _topic < 0 ? _destination.Topic : TopicOf(batch, batch[items.Span[0].First]),
            Payload = _composer.Message(batch, items.Span[0], room),
            UserProperties = _properties?.JsonOf(batch.Payloads, batch[items.Span[0].First]),
        };
        await _client.PublishAsync(request, cancellationToken).ConfigureAwait(false);
        return Receipt.AllTaken;
    }

    public ValueTask DisposeAsync() => default;

    private string TopicOf(TargetBatch batch, in Payload payload) => Encoding.UTF8.GetString(batch.TextOf(payload, _topic).Span);

    private Failure? CheckTopic(TargetBatch batch, in Payload payload) => IotTopic.ProblemOf(TopicOf(batch, payload), _destination.Topic) is { } problem
        ? new Failure(FailureClass.PermanentItem, "InvalidTopic", $"The topic that the mapping makes of the record cannot be published to: {problem}.") : null;
}
