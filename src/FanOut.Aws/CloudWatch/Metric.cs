namespace FanOut.Aws.CloudWatch;

/// <summary>A metric.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Metric.html</remarks>
public sealed class Metric
{
    /// <summary>Its namespace.</summary>
    public string? Namespace { get; set; }

    /// <summary>Its name.</summary>
    public string? MetricName { get; set; }

    /// <summary>All its dimensions; with other dimensions it is another metric.</summary>
    public List<Dimension>? Dimensions { get; set; }
}
