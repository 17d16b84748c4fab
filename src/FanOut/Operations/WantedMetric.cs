using FanOut.Aws.CloudWatch;
using FanOut.Engine.Metrics;
using Metric = FanOut.Aws.CloudWatch.Metric;

namespace FanOut.Operations;

/// <summary>A statistic of a metric that CloudWatch is asked for, and what it counts.</summary>
/// <param name="Value">The property that it counts.</param>
/// <param name="Namespace">The metric's namespace.</param>
/// <param name="Name">The metric's name.</param>
/// <param name="Statistic">Sum, SampleCount or Maximum.</param>
/// <param name="Dimensions">All of the metric's dimensions.</param>
internal sealed record WantedMetric(CountedValue Value, string Namespace, string Name, string Statistic, IReadOnlyList<(string Name, string Value)> Dimensions)
{
    /// <summary>A text that is the same for the same statistic of the same metric.</summary>
    public string Key => string.Join('\n', [Namespace, Name, Statistic, .. Dimensions.Select(static d => $"{d.Name}={d.Value}")]);

    /// <summary>One of FanOut's own, as <see cref="MeasureBatch"/> names them.</summary>
    public static WantedMetric Own(CountedValue value, string name, string statistic, params IReadOnlyList<(string Name, string Value)> dimensions) =>
        new(value, MeasureBatch.Namespace, name, statistic, [.. dimensions.Select(static d => (d.Name, DimensionValue.Of(d.Value)))]);

    /// <summary>One of Lambda's: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html</summary>
    public static WantedMetric OfLambda(CountedValue value, string name, string statistic, string function, string? qualifier = null) =>
        new(value, "AWS/Lambda", name, statistic, [("FunctionName", function), .. qualifier is null ? Array.Empty<(string, string)>() : [("Resource", $"{function}:{qualifier}")]]);

    /// <summary>The query for it.</summary>
    /// <param name="id">What its result is called.</param>
    /// <param name="period">How long each period is.</param>
    public MetricDataQuery Query(string id, TimeSpan period) => new()
    {
        Id = id,
        MetricStat = new MetricStat
        {
            Metric = new Metric { Namespace = Namespace, MetricName = Name, Dimensions = [.. Dimensions.Select(static d => new Dimension { Name = d.Name, Value = d.Value })] },
            Period = (int)period.TotalSeconds,
            Stat = Statistic,
        },
    };
}
