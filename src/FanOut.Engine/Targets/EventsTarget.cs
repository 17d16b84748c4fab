using System.Text;
using FanOut.Aws.EventBridge;
using FanOut.Engine.Batching;
using FanOut.Engine.Events;
using FanOut.Engine.Faults;
using FanOut.Engine.Json;
using FanOut.Engine.Mappings;
using FanOut.Engine.Pooling;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>An event bus of EventBridge: PutEvents, one event per record, at the time when the record came to its source.</summary>
internal sealed class EventsTarget : ITarget
{
    // 1 MB since 29 January 2026: https://aws.amazon.com/blogs/compute/more-room-to-build-serverless-services-now-support-payloads-up-to-1-mb. Pages about
    // PutEvents said 256 KB before, now of an event and now of a call, so here it is the limit of both.
    private const int MostBytes = 1_048_576;

    private readonly AmazonEventBridgeClient _client;
    private readonly EventBusDestination _bus;
    private readonly string _sourceArn;
    private readonly byte[] _source = Encoding.UTF8.GetBytes(EventTexts.DefaultSource);
    private readonly byte[] _detailType;
    private readonly int _frameBytes, _sourceText, _detailTypeText;

    public EventsTarget(Mapping mapping, AmazonEventBridgeClient client)
    {
        _client = client;
        _bus = (EventBusDestination)mapping.Destination;
        _sourceArn = mapping.SourceArn;
        _detailType = Encoding.UTF8.GetBytes(EventTexts.DefaultDetailType(mapping.SourceArn));
        _frameBytes = PutEventsRequestEntry.TimeBytes + Encoding.UTF8.GetByteCount(_sourceArn);
        _sourceText = TextTemplates.NumberOf(mapping.Texts, MappingAttributes.EventSource);
        _detailTypeText = TextTemplates.NumberOf(mapping.Texts, MappingAttributes.DetailType);
        Limits = new Limits(10, mapping.MaxItemBytes ?? MostBytes, mapping.MaxBatchBytes ?? MostBytes);
        Cutter = new SingleItems(Measure, Limits);
    }

    public Limits Limits { get; }

    public PayloadForm Form => PayloadForm.Bytes;

    public IItemCutter Cutter { get; }

    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        using var entries = new PooledList<PutEventsRequestEntry>(items.Length);
        foreach (ref readonly Item item in items.Span)
        {
            ref readonly Payload payload = ref batch[item.First];
            entries.Add(new PutEventsRequestEntry(SourceOf(batch, payload), DetailTypeOf(batch, payload), payload.Data.Content, TimeOf(batch.RecordOf(payload))));
        }

        var request = new PutEventsRequest { EventBusName = _bus.Text, Resource = _sourceArn, Entries = entries.Memory };
        PutEventsResponse response = await _client.PutEventsAsync(request, cancellationToken).ConfigureAwait(false);
        UntrustworthyAnswerException.ThrowIfDifferent("PutEvents", response.EntryCount, entries.Count);
        UntrustworthyAnswerException.ThrowIfMiscounted("PutEvents", response.FailedEntryCount, response.Failed);

        // The condition keys events:source and events:detail-type may deny one record's event and allow another's:
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
        return Receipt.Of(Service.Events, response.Failed, entries.Count, isOfRecord: _sourceText >= 0 || _detailTypeText >= 0);
    }

    public ValueTask DisposeAsync() => default;

    // No record is that old: a time before 1970 is a mistake of whoever made the event.
    private static DateTimeOffset? TimeOf(in StreamRecord record) => EventFacts.ArrivalOf(record) is { } time && time >= DateTimeOffset.UnixEpoch ? time : null;

    private ReadOnlyMemory<byte> SourceOf(TargetBatch batch, in Payload payload) => _sourceText < 0 ? _source : batch.TextOf(payload, _sourceText);

    private ReadOnlyMemory<byte> DetailTypeOf(TargetBatch batch, in Payload payload) => _detailTypeText < 0 ? _detailType : batch.TextOf(payload, _detailTypeText);

    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html: the name of the bus does not count.
    private int Measure(TargetBatch batch, in Payload payload, out Failure? failure)
    {
        ReadOnlySpan<byte> detail = payload.Data.Content.Span;
        failure = (payload.IsJson ? detail is [(byte)'{', ..] : JsonText.IsJsonObject(detail)) ? null
            : new Failure(FailureClass.Undecodable, "NotJson", "The record is not a JSON object, which the detail of an event must be.");
        ReadOnlySpan<byte> source = SourceOf(batch, payload).Span, detailType = DetailTypeOf(batch, payload).Span;
        if (detailType.Length > EventTexts.LongestDetailType && Encoding.UTF8.GetCharCount(detailType) > EventTexts.LongestDetailType)
        {
            failure ??= new Failure(FailureClass.PermanentItem, "DetailTypeTooLong", $"The mapping's detailType makes more than {EventTexts.LongestDetailType} characters of the record, which EventBridge does not take.");
        }

        return _frameBytes + source.Length + detailType.Length + detail.Length;
    }
}
