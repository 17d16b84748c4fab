using FanOut.Engine.Delivery;
using FanOut.Engine.Mappings;
using FanOut.Local.Events;
using FanOut.Local.Plans;

namespace FanOut.Local.Replays;

/// <summary>Estimates a replay from some of its records, without sending anything.</summary>
/// <param name="source">Where the records are.</param>
/// <param name="request">What is to be replayed.</param>
/// <param name="region">The function's region.</param>
/// <param name="time">The clock.</param>
internal sealed class EstimateReplay(IReplaySource source, ReplayRequest request, string region, TimeProvider time)
{
    /// <summary>The estimate.</summary>
    public async Task<ReplayEstimate> RunAsync(CancellationToken cancellationToken)
    {
        ReplaySample sample = await source.SampleAsync(request, cancellationToken).ConfigureAwait(false);
        (double calls, decimal cost) = sample.Some.Count == 0 ? (0, 0) : await PlanAsync(sample.Some, cancellationToken).ConfigureAwait(false);
        TimeSpan sending = TimeSpan.FromSeconds(request.MaxRecordsPerSecond is { } most ? sample.Records / most : 0);
        TimeSpan duration = sample.Reading > sending ? sample.Reading : sending;
        return new ReplayEstimate(
            sample.Shards, (long)sample.Records, (long)sample.Bytes, (long)Math.Ceiling(calls * sample.Records), Math.Round(cost * (decimal)sample.Records, 6),
            TimeSpan.FromSeconds(Math.Ceiling(duration.TotalSeconds)), sample.Basis, sample.Doubt);
    }

    // Per record.
    private async Task<(double Calls, decimal Cost)> PlanAsync(IReadOnlyList<EventRecord> sample, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, Plan> plans = await new MakePlan(region, new DeliveryOptions(), time)
            .OfAsync(WriteEvent.Of(request.SourceArn, sample), request.Mappings, cancellationToken).ConfigureAwait(false);
        (Mapping Mapping, PlannedCall Call)[] calls = [.. request.Mappings.SelectMany(m => plans[m.Id].Calls.Select(c => (m, c)))];
        return ((double)calls.Length / sample.Count, calls.Sum(static c => CallPrices.Of(c.Mapping, c.Call)) / sample.Count);
    }
}
