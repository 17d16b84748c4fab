namespace FanOut.Aws.CloudWatch;

/// <summary>Asks for alarms.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html</remarks>
public sealed class DescribeAlarmsRequest
{
    /// <summary>Their names, up to 100; names that no alarm has are passed over.</summary>
    public required List<string> AlarmNames { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="DescribeAlarmsResponse.NextToken"/>.</summary>
    public string? NextToken { get; set; }
}
