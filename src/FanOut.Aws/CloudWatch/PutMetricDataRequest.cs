namespace FanOut.Aws.CloudWatch;

/// <summary>Publishes up to 1,000 metrics, 1 MB.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html</remarks>
public sealed class PutMetricDataRequest
{
    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>When the values were taken.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The metrics.</summary>
    public required IReadOnlyList<MetricDatum> MetricData { get; init; }
}
