using System.Globalization;

namespace FanOut.LocalCloud.CloudWatch;

/// <summary>The data of one metric that fall into one period.</summary>
/// <param name="Start">The period's beginning.</param>
/// <param name="Data">The data, at least one.</param>
internal sealed record MetricPeriod(DateTimeOffset Start, IReadOnlyList<PublishedMetric> Data)
{
    public double SampleCount => Data.Sum(datum => datum.SampleCount);

    /// <summary>Periods of a metric that hold data, oldest first, counted from the first whole minute.</summary>
    public static IReadOnlyList<MetricPeriod> Of(IEnumerable<PublishedMetric> data, DateTimeOffset start, DateTimeOffset end, TimeSpan period)
    {
        DateTimeOffset first = new(start.UtcTicks - (start.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        return
        [
            .. data.Where(datum => datum.Time >= first && datum.Time < end)
                .GroupBy(datum => (datum.Time - first).Ticks / period.Ticks)
                .OrderBy(group => group.Key)
                .Select(group => new MetricPeriod(first + (group.Key * period), [.. group])),
        ];
    }

    /// <summary>A statistic: <c>Average</c>, <c>Sum</c>, <c>Minimum</c>, <c>Maximum</c>, <c>SampleCount</c> or a percentile like <c>p99.9</c>.</summary>
    /// <returns>Null when there is no such statistic here.</returns>
    public double? Statistic(string name) => name switch
    {
        "SampleCount" => SampleCount,
        "Sum" => Data.Sum(datum => datum.Sum),
        "Average" => Data.Sum(datum => datum.Sum) / SampleCount,
        "Minimum" => Data.Min(datum => datum.Minimum),
        "Maximum" => Data.Max(datum => datum.Maximum),
        _ => name.StartsWith('p') && double.TryParse(name[1..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double rank) && rank <= 100
            ? Percentile(rank)
            : null,
    };

    // By the nearest rank. Of a statistic set only the greatest value is used.
    private double Percentile(double rank)
    {
        double below = SampleCount * rank / 100;
        double seen = 0;
        (double Value, double Count)[] samples = [.. Data.SelectMany(datum => datum.Samples).OrderBy(sample => sample.Value)];
        return samples.First(sample => (seen += sample.Count) >= below).Value;
    }
}
