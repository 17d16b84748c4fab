using Amazon.Runtime;

namespace FanOut.Aws.CloudWatch;

/// <summary>A page of metrics.</summary>
public sealed class ListMetricsResponse : AmazonWebServiceResponse
{
    /// <summary>The metrics, at most 500.</summary>
    public List<Metric>? Metrics { get; set; }

    /// <summary>Where the next page begins; null: there is none.</summary>
    public string? NextToken { get; set; }
}
