using FanOut.Aws;
using FanOut.Aws.Firehose;
using FanOut.Engine.Batching;
using FanOut.Engine.Faults;
using FanOut.Engine.Mappings;
using FanOut.Engine.Pooling;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>A Firehose delivery stream: PutRecordBatch; base64 is sent on as it came.</summary>
internal sealed class FirehoseTarget : ITarget
{
    private readonly AmazonKinesisFirehoseClient _client;
    private readonly string _name;

    public FirehoseTarget(Mapping mapping, AmazonKinesisFirehoseClient client)
    {
        _client = client;
        _name = ((DeliveryStreamDestination)mapping.Destination).Name;
        Limits = new Limits(500, mapping.MaxItemBytes ?? 1_024_000, mapping.MaxBatchBytes ?? 4_194_304);
        Cutter = new SingleItems(Measure, Limits);
    }

    public Limits Limits { get; }

    public PayloadForm Form => PayloadForm.AsIs;

    public IItemCutter Cutter { get; }

    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        using var records = new PooledList<Blob>(items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            records.Add(batch[items.Span[i].First].Data);
        }

        var request = new PutRecordBatchRequest { DeliveryStreamName = _name, Records = records.Memory };
        PutRecordBatchResponse response = await _client.PutRecordBatchAsync(request, cancellationToken).ConfigureAwait(false);
        UntrustworthyAnswerException.ThrowIfDifferent("PutRecordBatch", response.RecordCount, records.Count);
        UntrustworthyAnswerException.ThrowIfMiscounted("PutRecordBatch", response.FailedPutCount, response.Failed);
        return Receipt.Of(Service.Firehose, response.Failed, records.Count);
    }

    public ValueTask DisposeAsync() => default;

    private static int Measure(TargetBatch batch, in Payload payload, out Failure? failure)
    {
        failure = null;
        return payload.Data.Length;
    }
}
