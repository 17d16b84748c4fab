namespace FanOut.Aws.CloudWatch;

/// <summary>An alarm on a metric or on a query. An alarm that is asked for has null where a setting is absent.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html</remarks>
public sealed class MetricAlarm
{
    /// <summary>Its name, unique in the region.</summary>
    public string? AlarmName { get; set; }

    /// <summary>Its ARN; told by CloudWatch.</summary>
    public string? AlarmArn { get; set; }

    /// <summary>What it means.</summary>
    public string? AlarmDescription { get; set; }

    /// <summary>Whether anybody is told. Default: true.</summary>
    public bool? ActionsEnabled { get; set; }

    /// <summary>ARNs of what is told that it is over.</summary>
    public List<string>? OKActions { get; set; }

    /// <summary>ARNs of what is told that it goes off, up to 5.</summary>
    public List<string>? AlarmActions { get; set; }

    /// <summary>ARNs of what is told that there are no values.</summary>
    public List<string>? InsufficientDataActions { get; set; }

    /// <summary>The metric's namespace; null: it is on a query.</summary>
    public string? Namespace { get; set; }

    /// <summary>The metric's name; null: it is on a query.</summary>
    public string? MetricName { get; set; }

    /// <summary>All the metric's dimensions.</summary>
    public List<Dimension>? Dimensions { get; set; }

    /// <summary><c>Sum</c>, <c>Maximum</c> …</summary>
    public string? Statistic { get; set; }

    /// <summary>Seconds that one value covers.</summary>
    public int? Period { get; set; }

    /// <summary>Instead of one metric: queries, of which one returns data.</summary>
    public List<MetricDataQuery>? Metrics { get; set; }

    /// <summary>How many periods in a row must be over the threshold.</summary>
    public int? EvaluationPeriods { get; set; }

    /// <summary>The value with which others are compared.</summary>
    public double? Threshold { get; set; }

    /// <summary><c>GreaterThanThreshold</c> …</summary>
    public string? ComparisonOperator { get; set; }

    /// <summary><c>notBreaching</c>, <c>breaching</c>, <c>ignore</c> or <c>missing</c>, the default.</summary>
    public string? TreatMissingData { get; set; }

    /// <summary><c>OK</c>, <c>ALARM</c> or <c>INSUFFICIENT_DATA</c>; told by CloudWatch.</summary>
    public string? StateValue { get; set; }
}
