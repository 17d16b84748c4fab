using Amazon.Runtime;
using FanOut.Local.Events;

namespace FanOut.Local.Streams;

/// <summary>Reads the newest records of a stream. Streams are read forwards only, so it begins a minute ago, and earlier if there are too few.</summary>
/// <param name="stream">The stream.</param>
/// <param name="time">The clock.</param>
/// <param name="random">The jitter of back-off.</param>
internal sealed class ReadNewest(IStreamService stream, TimeProvider time, Random random)
{
    private static readonly TimeSpan[] Spans = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    // As many at a time: each holds a page of about 1 MB, and what it keeps.
    private const int ShardsAtATime = 8;

    /// <summary>The records, oldest first; fewer if the stream has no more.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AmazonServiceException">The service refused a call.</exception>
    public async Task<IReadOnlyList<EventRecord>> OfAsync(int count, CancellationToken cancellationToken)
    {
        IReadOnlyList<StreamShard> shards = await stream.ListShardsAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = time.GetUtcNow();
        foreach (TimeSpan span in stream is TableShards ? [] : Spans)
        {
            List<EventRecord> found = await FromAsync(shards, ShardPosition.AtTime(now - span), count, cancellationToken).ConfigureAwait(false);
            if (found.Count == count)
            {
                return found;
            }
        }

        return await FromAsync(shards, ShardPosition.TrimHorizon, count, cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<EventRecord>> FromAsync(IReadOnlyList<StreamShard> shards, ShardPosition from, int count, CancellationToken cancellationToken)
    {
        List<EventRecord> all = [];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ShardsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(shards, options, async (shard, stop) =>
        {
            Queue<EventRecord> newest = await OfShardAsync(shard.Id, from, count, stop).ConfigureAwait(false);
            lock (all)
            {
                all.AddRange(newest);
            }
        }).ConfigureAwait(false);
        return [.. all.OrderBy(static r => r.Time).ThenBy(static r => r.ShardId, StringComparer.Ordinal).TakeLast(count)];
    }

    private async Task<Queue<EventRecord>> OfShardAsync(string shardId, ShardPosition from, int count, CancellationToken cancellationToken)
    {
        Queue<EventRecord> newest = [];
        await foreach (StreamPage page in new ReadShard(stream, time, random).ReadAsync(shardId, from, cancellationToken).ConfigureAwait(false))
        {
            foreach (EventRecord record in page.Records)
            {
                if (newest.Count == count)
                {
                    newest.Dequeue();
                }

                newest.Enqueue(record);
            }

            if (page.IsLast)
            {
                break;
            }
        }

        return newest;
    }
}
