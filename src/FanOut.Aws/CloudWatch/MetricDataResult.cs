namespace FanOut.Aws.CloudWatch;

/// <summary>The values that one query found.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataResult.html</remarks>
public sealed class MetricDataResult
{
    /// <summary>The query's id.</summary>
    public string? Id { get; set; }

    /// <summary>CloudWatch's label for the values.</summary>
    public string? Label { get; set; }

    /// <summary><c>Complete</c>, <c>PartialData</c>: the next page has more, <c>InternalError</c>, <c>Forbidden</c>.</summary>
    public string? StatusCode { get; set; }

    /// <summary>When each value's period began; UTC.</summary>
    public List<DateTime>? Timestamps { get; set; }

    /// <summary>The values, as many as timestamps.</summary>
    public List<double>? Values { get; set; }
}
