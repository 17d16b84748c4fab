using Amazon.Runtime;

namespace FanOut.Aws.CloudWatch;

/// <summary>A page of metrics' values.</summary>
public sealed class GetMetricDataResponse : AmazonWebServiceResponse
{
    /// <summary>The values, query by query.</summary>
    public List<MetricDataResult>? MetricDataResults { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextToken { get; set; }
}
