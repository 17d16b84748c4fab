using FanOut.Aws.Kinesis;
using FanOut.Engine.Batching;
using FanOut.Engine.Faults;
using FanOut.Engine.Mappings;
using FanOut.Engine.Pooling;
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
        using var entries = new PooledList<PutRecordsRequestEntry>(items.Length);
        Add(entries, batch, items.Span);
        var request = new PutRecordsRequest { StreamARN = _stream.Arn?.ToString(), StreamName = _stream.Name, Records = entries.Memory };
        PutRecordsResponse response = await _client.PutRecordsAsync(request, cancellationToken).ConfigureAwait(false);
        UntrustworthyAnswerException.ThrowIfDifferent("PutRecords", response.RecordCount, entries.Count);
        UntrustworthyAnswerException.ThrowIfMiscounted("PutRecords", response.FailedRecordCount, response.Failed);
        return Receipt.Of(Service.Kinesis, response.Failed, entries.Count);
    }

    public ValueTask DisposeAsync() => default;

    private static void Add(PooledList<PutRecordsRequestEntry> entries, TargetBatch batch, ReadOnlySpan<Item> items)
    {
        foreach (ref readonly Item item in items)
        {
            ref readonly Payload payload = ref batch[item.First];
            entries.Add(new PutRecordsRequestEntry(payload.Data, Keys.ForKinesis(payload.Key), Keys.ForHash(payload.ExplicitHashKey)));
        }
    }

    private static int Measure(in Payload payload, out Failure? failure)
    {
        failure = null;
        return payload.Data.Length + Keys.ForKinesis(payload.Key).Length;
    }
}
