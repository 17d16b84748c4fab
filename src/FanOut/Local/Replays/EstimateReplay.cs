using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Local.Events;
using FanOut.Local.Plans;
using FanOut.Local.Streams;

namespace FanOut.Local.Replays;

/// <summary>Estimates a replay from the first records of some shards, without sending anything.</summary>
/// <param name="stream">The stream.</param>
/// <param name="request">What is to be replayed.</param>
/// <param name="region">The function's region.</param>
/// <param name="time">The clock.</param>
/// <param name="random">The jitter of back-off.</param>
internal sealed class EstimateReplay(IStreamService stream, ReplayRequest request, string region, TimeProvider time, Random random)
{
    private const int MostSampled = 8, MostPages = 5;
    private const double BytesPerSecondOfShard = 2 * 1024 * 1024;

    /// <summary>The estimate.</summary>
    public async Task<ReplayEstimate> RunAsync(CancellationToken cancellationToken)
    {
        StreamShard[] all = [.. (await stream.ListShardsAsync(cancellationToken).ConfigureAwait(false)).Where(s => request.ShardIds.Count == 0 || request.ShardIds.Contains(s.Id))];

        // Spread over all of them, as old and new ones may differ.
        StreamShard[] sampled = all.Length <= MostSampled ? all : [.. Enumerable.Range(0, MostSampled).Select(i => all[i * all.Length / MostSampled])];
        (double Records, double Bytes, IReadOnlyList<EventRecord> Sample)[] found = await Task.WhenAll(sampled.Select(s => SampleAsync(s.Id, cancellationToken))).ConfigureAwait(false);
        double share = sampled.Length == 0 ? 0 : (double)all.Length / sampled.Length;
        double records = found.Sum(static f => f.Records) * share, bytes = found.Sum(static f => f.Bytes) * share;
        EventRecord[] sample = [.. found.SelectMany(static f => f.Sample).Take(1000)];
        (double calls, decimal cost) = sample.Length == 0 ? (0, 0) : await PlanAsync(sample, cancellationToken).ConfigureAwait(false);
        double reading = bytes / BytesPerSecondOfShard / Math.Max(1, Math.Min(all.Length, request.ShardsAtATime));
        double sending = request.MaxRecordsPerSecond is { } most ? records / most : 0;
        int seen = found.Sum(static f => f.Sample.Count);
        TimeSpan span = found.Where(static f => f.Sample.Count > 0).Select(static f => f.Sample[^1].Time - f.Sample[0].Time).DefaultIfEmpty().Max();
        return new ReplayEstimate(
            all.Length, sampled.Length, (long)records, (long)bytes, (long)Math.Ceiling(calls * records), Math.Round(cost * (decimal)records, 6), TimeSpan.FromSeconds(Math.Ceiling(Math.Max(reading, sending))), span, seen == 0 ? 1 : records / seen);
    }

    private async Task<(double Records, double Bytes, IReadOnlyList<EventRecord> Sample)> SampleAsync(string shardId, CancellationToken cancellationToken)
    {
        List<EventRecord> sample = [];
        int pages = 0;
        bool isWhole = false;
        await foreach (StreamPage page in new ReadShard(stream, time, random).ReadAsync(shardId, request.From.Position, cancellationToken).ConfigureAwait(false))
        {
            sample.AddRange(page.Records.Where(request.To.Includes));
            isWhole = request.To.IsReachedBy(page);
            if (isWhole || (sample.Count > 0 && ++pages == MostPages) || sample.Count >= 1000)
            {
                break;
            }
        }

        double bytes = sample.Sum(static r => (double)(r.Whole?.Length ?? r.Data.Length));
        if (isWhole || sample.Count < 2)
        {
            return (sample.Count, bytes, sample);
        }

        // As many in each second as in those of the sample.
        DateTimeOffset first = sample[0].Time, now = time.GetUtcNow(), to = request.To.Time is { } end && end < now ? end : now;
        double factor = Math.Max(1, (to - first) / Max(sample[^1].Time - first, TimeSpan.FromSeconds(1)));
        return (sample.Count * factor, bytes * factor, sample);
    }

    // Per record.
    private async Task<(double Calls, decimal Cost)> PlanAsync(EventRecord[] sample, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, Plan> plans = await new MakePlan(region, new DeliveryOptions(), time)
            .OfAsync(WriteEvent.Of(request.SourceArn, sample), request.Mappings, cancellationToken).ConfigureAwait(false);
        (Mapping Mapping, PlannedCall Call)[] calls = [.. request.Mappings.SelectMany(m => plans[m.Id].Calls.Select(c => (m, c)))];
        return ((double)calls.Length / sample.Length, calls.Sum(static c => CallPrices.Of(c.Mapping, c.Call)) / sample.Length);
    }

    private static TimeSpan Max(TimeSpan x, TimeSpan y) => x > y ? x : y;
}
