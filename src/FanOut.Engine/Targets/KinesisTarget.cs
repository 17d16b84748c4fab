using FanOut.Aws.Kinesis;
using FanOut.Engine.Batching;
using FanOut.Engine.Faults;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>A Kinesis data stream: PutRecords with the records' own keys.</summary>
internal sealed class KinesisTarget : ITarget
{
    private readonly AmazonKinesisClient _client;
    private readonly StreamDestination _stream;

    public KinesisTarget(Mapping mapping, AmazonKinesisClient client)
    {
        _client = client;
        _stream = (StreamDestination)mapping.Destination;
        Limits = new Limits(500, mapping.MaxItemBytes ?? 1_048_576, mapping.MaxBatchBytes ?? 10_485_760);
        Cutter = new SingleItems(Measure, Limits);
    }

    public Limits Limits { get; }

    public PayloadForm Form => PayloadForm.AsIs;

    public IItemCutter Cutter { get; }

    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        using BorrowedBody<PutRecordsEntries> entries = batch.Borrow(items, EntriesOf);
        var request = new PutRecordsRequest { StreamARN = _stream.Arn?.ToString(), StreamName = _stream.Name, Records = entries.Body };
        PutRecordsResponse response = await _client.PutRecordsAsync(request, cancellationToken).ConfigureAwait(false);
        UntrustworthyAnswerException.ThrowIfDifferent("PutRecords", response.RecordCount, items.Length);
        UntrustworthyAnswerException.ThrowIfMiscounted("PutRecords", response.FailedRecordCount, response.Failed);
        return Receipt.Of(Service.Kinesis, response.Failed, items.Length);
    }

    public ValueTask DisposeAsync() => default;

    private static PutRecordsEntries EntriesOf(TargetBatch batch, ReadOnlyMemory<Item> items)
    {
        var entries = new PutRecordsEntries(items.Length);
        foreach (ref readonly Item item in items.Span)
        {
            ref readonly Payload payload = ref batch[item.First];
            entries.Add(new PutRecordsRequestEntry(payload.Data, Keys.ForKinesis(payload.Key), Keys.ForHash(payload.ExplicitHashKey)));
        }

        return entries;
    }

    private static int Measure(TargetBatch batch, in Payload payload, out Failure? failure)
    {
        failure = null;
        return payload.Data.Length + Keys.ForKinesis(payload.Key).Length;
    }
}
