using FanOut.LocalCloud.Streams;

namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>Gathers the batches of one lane: a shard, or one bucket of its partition keys.</summary>
internal sealed class BatchReader(EventShard shard, int bucket, EventSourceMappingOptions settings, TimeProvider time)
{
    private const int ReadSize = 1000;

    /// <summary>
    /// The next batch from shard index <paramref name="from"/> on: full, or what arrived within the batching window. A record that is too large for
    /// an event is a batch of its own. Waits for the first record.
    /// </summary>
    /// <param name="from">The shard index to begin at.</param>
    /// <param name="passed">Gets the index behind records of other buckets, before a wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<Batch> ReadAsync(int from, Action<int> passed, CancellationToken cancellationToken)
    {
        var gathering = new Gathering(bucket, settings, from);
        using var waits = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task? window = null;
        try
        {
            while (!gathering.IsFull)
            {
                var records = shard.Read(gathering.Next, ReadSize);
                gathering.Take(records);
                if (records.Count > 0)
                {
                    continue;
                }

                if (gathering.Records.Count == 0)
                {
                    passed(gathering.Next);
                    await shard.WaitBeyondAsync(gathering.Next, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                window ??= settings.MaximumBatchingWindow == TimeSpan.Zero
                    ? Task.CompletedTask
                    : Task.Delay(settings.MaximumBatchingWindow, time, waits.Token);
                if (window.IsCompleted)
                {
                    break;
                }

                await Task.WhenAny(window, shard.WaitBeyondAsync(gathering.Next, waits.Token)).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await waits.CancelAsync().ConfigureAwait(false);
        }

        return new(gathering.Records, gathering.Next);
    }

    private sealed class Gathering(int bucket, EventSourceMappingOptions settings, int from)
    {
        private int _size = BatchEvent.EmptySize;

        public List<BatchRecord> Records { get; } = [];

        public int Next { get; private set; } = from;

        public bool IsFull { get; private set; }

        public void Take(IReadOnlyList<ShardRecord> records)
        {
            for (var i = 0; i < records.Count && !IsFull; i++)
            {
                if (PartitionBucket.Of(records[i].EventJson.Span, settings.ParallelizationFactor) != bucket)
                {
                    Next++;
                    continue;
                }

                var record = new BatchRecord(Next, records[i]);
                var size = BatchEvent.SizeWith(_size, record);
                if (size > LambdaLimits.SynchronousRequest && Records.Count > 0)
                {
                    IsFull = true;
                    return;
                }

                Records.Add(record);
                _size = size;
                Next++;
                IsFull = Records.Count == settings.BatchSize || size > LambdaLimits.SynchronousRequest;
            }
        }
    }
}
