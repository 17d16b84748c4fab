namespace FanOut.Aws.CloudWatch;

/// <summary>One statistic of one metric, or an expression over others.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html</remarks>
public sealed class MetricDataQuery
{
    /// <summary>A name for the query, which its result repeats: a small letter, then letters, digits and underscores.</summary>
    public required string Id { get; set; }

    /// <summary>The statistic.</summary>
    public MetricStat? MetricStat { get; set; }

    /// <summary>Instead: a metric math expression over other queries' ids.</summary>
    public string? Expression { get; set; }

    /// <summary>What the values are called; null: CloudWatch's own name for them.</summary>
    public string? Label { get; set; }

    /// <summary>Seconds that one value of an expression covers, where it is a query of Metrics Insights.</summary>
    public int? Period { get; set; }

    /// <summary>Whether the result is wanted, not only used by an expression. Default: true.</summary>
    public bool? ReturnData { get; set; }
}
