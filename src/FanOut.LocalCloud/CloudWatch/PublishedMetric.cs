namespace FanOut.LocalCloud.CloudWatch;

/// <summary>One metric datum as it was published.</summary>
/// <param name="Namespace">The namespace, for example <c>Custom/FanOut</c>.</param>
/// <param name="Name">The metric's name.</param>
/// <param name="Dimensions">The dimensions by name.</param>
/// <param name="Call">The number of the call that brought it.</param>
public sealed record PublishedMetric(string Namespace, string Name, IReadOnlyDictionary<string, string> Dimensions, int Call)
{
    /// <summary>The single value; null when values or statistics were sent instead.</summary>
    public double? Value { get; init; }

    /// <summary>The values; empty when a single value or statistics were sent instead.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>How often each of <see cref="Values"/> occurred; empty for once each.</summary>
    public IReadOnlyList<double> Counts { get; init; } = [];

    /// <summary>The statistics; null when values were sent instead.</summary>
    public MetricStatistics? Statistics { get; init; }

    /// <summary>The unit, for example <c>Count</c>; null when none was sent.</summary>
    public string? Unit { get; init; }

    /// <summary>The time it is for, as it was sent; null when none was.</summary>
    public string? Timestamp { get; init; }

    /// <summary>The region it was published in.</summary>
    public string Region { get; init; } = "";

    /// <summary>The account it was published in.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>The time it counts for: <see cref="Timestamp"/>, or when it arrived.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>How many values it sums up.</summary>
    public double SampleCount => Statistics?.SampleCount ?? Samples.Sum(sample => sample.Count);

    /// <summary>The least value.</summary>
    public double Minimum => Statistics?.Minimum ?? Samples.Min(sample => sample.Value);

    /// <summary>The greatest value.</summary>
    public double Maximum => Statistics?.Maximum ?? Samples.Max(sample => sample.Value);

    /// <summary>The values and how often each occurred; all values of a statistic set count as its greatest.</summary>
    internal IEnumerable<(double Value, double Count)> Samples => Statistics is { } set ? [(set.Maximum, set.SampleCount)]
        : Value is { } single ? [(single, 1)]
        : Values.Select((value, position) => (value, Counts.Count > position ? Counts[position] : 1));

    /// <summary>The sum of all values.</summary>
    public double Sum => Value ?? Statistics?.Sum ?? Values.Select((value, position) => value * (Counts.Count > position ? Counts[position] : 1)).Sum();
}
