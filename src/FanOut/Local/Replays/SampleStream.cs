using System.Globalization;
using FanOut.Local.Events;
using FanOut.Local.Streams;

namespace FanOut.Local.Replays;

/// <summary>Looks at some records of some shards of a stream: the first ones, and of Kinesis those of some moments behind them.</summary>
/// <param name="stream">The stream.</param>
/// <param name="request">What is to be replayed.</param>
/// <param name="time">The clock.</param>
/// <param name="random">The jitter of back-off.</param>
internal sealed class SampleStream(IStreamService stream, ReplayRequest request, TimeProvider time, Random random)
{
    private const int MostSampled = 8, MostPages = 2, MostRecords = 1000, Quarters = 4;
    private const double BytesPerSecondOfShard = 2 * 1024 * 1024, Rough = 2, Growth = 4;

    // A shard takes no more: https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
    private const double MostPerSecond = 1000;

    private static readonly TimeSpan BetweenGlimpses = TimeSpan.FromMilliseconds(250), FirstDistance = TimeSpan.FromSeconds(1);

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
        double factor = seen == 0 ? 1 : records / seen;
        return new ReplaySample([.. found.SelectMany(static f => f.Sample).Take(MostRecords)], all.Length, records, bytes)
        {
            Basis = $"{sampled.Length} of {all.Length} shards",
            Reading = TimeSpan.FromSeconds(bytes / BytesPerSecondOfShard / Math.Max(1, Math.Min(all.Length, request.ShardsAtATime))),
            Doubt = factor < Rough ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"The estimate is rough: {Manner(sampled.Length)} All are about {factor:N0} times those that were looked at first; after a burst there may be far fewer."),
        };
    }

    private async Task<(double Records, double Bytes, IReadOnlyList<EventRecord> Sample)> OfShardAsync(string shardId, CancellationToken cancellationToken)
    {
        Glimpse first = await GlimpseAsync(shardId, request.From.Position, cancellationToken).ConfigureAwait(false);
        double bytes = first.Records.Sum(static r => (double)r.Bytes);
        if (first.IsWhole || first.Records.Count < 2)
        {
            return (first.Records.Count, bytes, first.Records);
        }

        DateTimeOffset begin = first.Records[0].Time, now = time.GetUtcNow(), end = request.To.Time is { } to && to < now ? to : now;
        List<Glimpse> glimpses = [first with { At = begin }];
        foreach (DateTimeOffset at in stream is TableShards ? new SortedSet<DateTimeOffset>() : Moments(first.Records[^1].Time, end))
        {
            // Of the five reads a second that a shard gives.
            await Task.Delay(BetweenGlimpses, time, cancellationToken).ConfigureAwait(false);
            Glimpse glimpse = await GlimpseAsync(shardId, ShardPosition.AtTime(at), cancellationToken).ConfigureAwait(false);
            glimpses.Add(glimpse with { At = at });
            if (glimpse.IsWhole)
            {
                break;
            }
        }

        double records = glimpses.Select((l, i) => Between(l, i + 1 < glimpses.Count ? glimpses[i + 1] : null, end)).Sum();
        return (records, bytes * records / first.Records.Count, first.Records);
    }

    private string Manner(int shards) => stream is TableShards
        ? "changes are taken to have come all the time as the first ones did, because the stream of a table can be read from its beginning only."
        : $"{shards} of the shards were looked at at some moments, and what came in between is taken to be like it.";

    // Behind the first records ever farther, as a burst may end soon; and through the whole time, as nights are not like days.
    private static SortedSet<DateTimeOffset> Moments(DateTimeOffset from, DateTimeOffset to)
    {
        SortedSet<DateTimeOffset> moments = [.. Enumerable.Range(1, Quarters - 1).Select(i => from + ((to - from) * i / Quarters))];
        for (TimeSpan distance = FirstDistance; from + distance < to; distance *= Growth)
        {
            moments.Add(from + distance);
        }

        return moments;
    }

    /// <summary>About how many records came between a glimpse and the next one.</summary>
    private static double Between(Glimpse glimpse, Glimpse? next, DateTimeOffset end)
    {
        DateTimeOffset to = next?.At ?? end;
        int seen = glimpse.Records.Count(r => r.Time < to || next is null);
        if (glimpse.IsWhole || glimpse.Records.Count == 0 || glimpse.Records[^1].Time >= to)
        {
            return seen;
        }

        // What was not looked at is as dense as half way between what was seen before and behind it.
        double density = next is null ? glimpse.Density : (glimpse.Density + (next.BeginsLate ? 0 : next.Density)) / 2;
        return seen + (Math.Min(density, MostPerSecond) * (to - glimpse.Records[^1].Time).TotalSeconds);
    }

    private async Task<Glimpse> GlimpseAsync(string shardId, ShardPosition from, CancellationToken cancellationToken)
    {
        List<EventRecord> records = [];
        int pages = 0;
        await foreach (StreamPage page in new ReadShard(stream, time, random).ReadAsync(shardId, from, cancellationToken).ConfigureAwait(false))
        {
            records.AddRange(page.Records.Where(request.To.Includes));
            if (request.To.IsReachedBy(page))
            {
                return new Glimpse(records, true);
            }

            if ((records.Count > 0 && ++pages == MostPages) || records.Count >= MostRecords)
            {
                break;
            }
        }

        return new Glimpse(records, false);
    }

    /// <summary>The records from a moment on.</summary>
    /// <param name="Records">Some of them.</param>
    /// <param name="IsWhole">Whether there are no others.</param>
    private sealed record Glimpse(IReadOnlyList<EventRecord> Records, bool IsWhole)
    {
        // Records that came at the same time are no infinite number in a second.
        private static readonly TimeSpan LeastSpan = TimeSpan.FromMilliseconds(10);

        /// <summary>The moment.</summary>
        public DateTimeOffset At { get; init; }

        /// <summary>Records in a second.</summary>
        public double Density => Records.Count == 0 ? 0 : Records.Count / Math.Max(Span.TotalSeconds, LeastSpan.TotalSeconds);

        /// <summary>Whether no records came at the moment, but only later.</summary>
        public bool BeginsLate => Records.Count == 0 || Records[0].Time - At > (Span > LeastSpan ? Span : LeastSpan);

        private TimeSpan Span => Records[^1].Time - Records[0].Time;
    }
}
