namespace FanOut.Aws.CloudWatch;

/// <summary>Asks which metrics there are that had values within the last two weeks.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html</remarks>
public sealed class ListMetricsRequest
{
    /// <summary>Their namespace; null: any.</summary>
    public string? Namespace { get; set; }

    /// <summary>Their name; null: any.</summary>
    public string? MetricName { get; set; }

    /// <summary>Dimensions that they have, among others.</summary>
    public List<Dimension>? Dimensions { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListMetricsResponse.NextToken"/>.</summary>
    public string? NextToken { get; set; }
}
