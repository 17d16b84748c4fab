namespace FanOut.Aws.CloudWatch;

/// <summary>Asks for values of metrics.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html</remarks>
public sealed class GetMetricDataRequest
{
    /// <summary>The queries, at most 500.</summary>
    public required List<MetricDataQuery> MetricDataQueries { get; set; }

    /// <summary>The beginning of the time range.</summary>
    public required DateTime? StartTime { get; set; }

    /// <summary>The end of the time range, which is not included.</summary>
    public required DateTime? EndTime { get; set; }

    /// <summary><c>TimestampDescending</c> (the default) or <c>TimestampAscending</c>.</summary>
    public string? ScanBy { get; set; }

    /// <summary>How many values a page may have, at most 100,800, which is the default.</summary>
    public int? MaxDatapoints { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="GetMetricDataResponse.NextToken"/>.</summary>
    public string? NextToken { get; set; }
}
