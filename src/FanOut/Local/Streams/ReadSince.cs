using Amazon.Runtime;
using FanOut.Local.Events;

namespace FanOut.Local.Streams;

/// <summary>Reads the first records of a stream that came at a time or later.</summary>
/// <param name="stream">The stream.</param>
/// <param name="time">The clock.</param>
/// <param name="random">The jitter of back-off.</param>
internal sealed class ReadSince(IStreamService stream, TimeProvider time, Random random)
{
    // As many at a time: each holds a page of about 1 MB, and what it keeps.
    private const int ShardsAtATime = 8;

    /// <summary>The records, oldest first; fewer if the stream has no more.</summary>
    /// <param name="from">The time.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AmazonServiceException">The service refused a call.</exception>
    public async Task<IReadOnlyList<EventRecord>> OfAsync(DateTimeOffset from, int count, CancellationToken cancellationToken)
    {
        List<EventRecord> all = [];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ShardsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(await stream.ListShardsAsync(cancellationToken).ConfigureAwait(false), options, async (shard, stop) =>
        {
            List<EventRecord> first = await OfShardAsync(shard.Id, from, count, stop).ConfigureAwait(false);
            lock (all)
            {
                all.AddRange(first);
            }
        }).ConfigureAwait(false);
        return [.. all.OrderBy(static r => r.Time).ThenBy(static r => r.ShardId, StringComparer.Ordinal).Take(count)];
    }

    private async Task<List<EventRecord>> OfShardAsync(string shardId, DateTimeOffset from, int count, CancellationToken cancellationToken)
    {
        List<EventRecord> first = [];
        await foreach (StreamPage page in new ReadShard(stream, time, random).ReadAsync(shardId, ShardPosition.AtTime(from), cancellationToken).ConfigureAwait(false))
        {
            // A table's stream is read from its oldest record on.
            first.AddRange(page.Records.Where(r => r.Time >= from).Take(count - first.Count));
            if (first.Count == count || page.IsLast)
            {
                break;
            }
        }

        return first;
    }
}
