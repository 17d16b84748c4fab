namespace FanOut.Benchmarks.Billing;

/// <summary>What was measured of a workload; of several runs the medians.</summary>
/// <param name="Init">How long the process took to start.</param>
/// <param name="First">How long its first batch took.</param>
/// <param name="Billed">How long a batch took: what Lambda bills.</param>
/// <param name="Processor">The processor time of a batch.</param>
/// <param name="Megabytes">The most memory that the process had.</param>
internal sealed record WorkloadFigures(TimeSpan Init, TimeSpan First, TimeSpan Billed, TimeSpan Processor, int Megabytes)
{
    /// <summary>The medians of runs.</summary>
    public static WorkloadFigures Of(IReadOnlyCollection<WorkloadFigures> runs) => new(
        Median(runs.Select(static r => r.Init)),
        Median(runs.Select(static r => r.First)),
        Median(runs.Select(static r => r.Billed)),
        Median(runs.Select(static r => r.Processor)),
        runs.Select(static r => r.Megabytes).Order().ElementAt(runs.Count / 2));

    /// <summary>The median of times.</summary>
    public static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return sorted[sorted.Length / 2];
    }
}
