using FanOut.Aws.Iot;
using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>An MQTT topic of AWS IoT: one Publish per message, any bytes.</summary>
internal sealed class IotTarget : ITarget
{
    private readonly AmazonIotDataClient _client;
    private readonly IotDestination _destination;
    private readonly Composer _composer;

    public IotTarget(Mapping mapping, AmazonIotDataClient client)
    {
        _client = client;
        _destination = (IotDestination)mapping.Destination;
        _composer = new Composer(mapping);
        int itemBytes = mapping.MaxItemBytes ?? 131_072;
        Limits = new Limits(1, itemBytes, itemBytes);
        Cutter = new Messages(mapping.Collapse, Limits, textOnly: false);
    }

    public Limits Limits { get; }

    public PayloadForm Form => PayloadForm.Bytes;

    public IItemCutter Cutter { get; }

    public CallOrder CallOrder => CallOrder.AsOne;

    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        using RequestBody room = _composer.Room(items.Span);
        var request = new IotPublishRequest { Topic = _destination.Topic, Payload = _composer.Message(batch, items.Span[0], room) };
        await _client.PublishAsync(request, cancellationToken).ConfigureAwait(false);
        return Receipt.AllTaken;
    }

    public ValueTask DisposeAsync() => default;
}
