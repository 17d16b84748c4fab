namespace FanOut.Aws.CloudWatch;

/// <summary>One statistic of one metric.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricStat.html</remarks>
public sealed class MetricStat
{
    /// <summary>The metric.</summary>
    public Metric? Metric { get; set; }

    /// <summary>Seconds that one value covers: 60 or a multiple of it; 1, 5, 10, 20, 30 for high resolution.</summary>
    public int? Period { get; set; }

    /// <summary><c>Sum</c>, <c>Average</c>, <c>Minimum</c>, <c>Maximum</c>, <c>SampleCount</c>, <c>p99</c> …</summary>
    public string? Stat { get; set; }

    /// <summary>Only values of this unit. Default: all.</summary>
    public string? Unit { get; set; }
}
