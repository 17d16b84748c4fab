using System.Globalization;
using FanOut.Local.Events;
using FanOut.Local.Streams;

namespace FanOut.Local.Replays;

/// <summary>Looks at the first records of some shards of a stream.</summary>
/// <param name="stream">The stream.</param>
/// <param name="request">What is to be replayed.</param>
/// <param name="time">The clock.</param>
/// <param name="random">The jitter of back-off.</param>
internal sealed class SampleStream(IStreamService stream, ReplayRequest request, TimeProvider time, Random random)
{
    private const int MostSampled = 8, MostPages = 5, MostRecords = 1000;
    private const double BytesPerSecondOfShard = 2 * 1024 * 1024, Rough = 2;

    /// <summary>The sample.</summary>
    public async Task<ReplaySample> RunAsync(CancellationToken cancellationToken)
    {
        StreamShard[] all = [.. (await stream.ListShardsAsync(cancellationToken).ConfigureAwait(false)).Where(s => request.ShardIds.Count == 0 || request.ShardIds.Contains(s.Id))];

        // Spread over all of them, as old and new ones may differ.
        StreamShard[] sampled = all.Length <= MostSampled ? all : [.. Enumerable.Range(0, MostSampled).Select(i => all[i * all.Length / MostSampled])];
        (double Records, double Bytes, IReadOnlyList<EventRecord> Sample)[] found = await Task.WhenAll(sampled.Select(s => OfShardAsync(s.Id, cancellationToken))).ConfigureAwait(false);
        double share = sampled.Length == 0 ? 0 : (double)all.Length / sampled.Length;
        double records = found.Sum(static f => f.Records) * share, bytes = found.Sum(static f => f.Bytes) * share;
        int seen = found.Sum(static f => f.Sample.Count);
        TimeSpan span = found.Where(static f => f.Sample.Count > 0).Select(static f => f.Sample[^1].Time - f.Sample[0].Time).DefaultIfEmpty().Max();
        double factor = seen == 0 ? 1 : records / seen;
        return new ReplaySample([.. found.SelectMany(static f => f.Sample).Take(MostRecords)], all.Length, records, bytes)
        {
            Basis = $"{sampled.Length} of {all.Length} shards",
            Reading = TimeSpan.FromSeconds(bytes / BytesPerSecondOfShard / Math.Max(1, Math.Min(all.Length, request.ShardsAtATime))),
            Doubt = factor < Rough ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"The estimate is very rough: it takes for granted that records came all the time as they did in the {span.TotalSeconds:0.#} s that were looked at, and these are {factor:N0} times less than what is to be replayed. After a burst there are far fewer."),
        };
    }

    private async Task<(double Records, double Bytes, IReadOnlyList<EventRecord> Sample)> OfShardAsync(string shardId, CancellationToken cancellationToken)
    {
        List<EventRecord> sample = [];
        int pages = 0;
        bool isWhole = false;
        await foreach (StreamPage page in new ReadShard(stream, time, random).ReadAsync(shardId, request.From.Position, cancellationToken).ConfigureAwait(false))
        {
            sample.AddRange(page.Records.Where(request.To.Includes));
            isWhole = request.To.IsReachedBy(page);
            if (isWhole || (sample.Count > 0 && ++pages == MostPages) || sample.Count >= MostRecords)
            {
                break;
            }
        }

        double bytes = sample.Sum(static r => (double)r.Bytes);
        if (isWhole || sample.Count < 2)
        {
            return (sample.Count, bytes, sample);
        }

        // As many in each second as in those of the sample.
        DateTimeOffset first = sample[0].Time, now = time.GetUtcNow(), to = request.To.Time is { } end && end < now ? end : now;
        double factor = Math.Max(1, (to - first) / Max(sample[^1].Time - first, TimeSpan.FromSeconds(1)));
        return (sample.Count * factor, bytes * factor, sample);
    }

    private static TimeSpan Max(TimeSpan x, TimeSpan y) => x > y ? x : y;
}
