using Amazon.Runtime;

namespace FanOut.Aws.CloudWatch;

/// <summary>A page of alarms.</summary>
public sealed class DescribeAlarmsResponse : AmazonWebServiceResponse
{
    /// <summary>The alarms on metrics.</summary>
    public List<MetricAlarm>? MetricAlarms { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextToken { get; set; }
}
