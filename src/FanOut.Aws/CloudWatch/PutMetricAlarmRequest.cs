namespace FanOut.Aws.CloudWatch;

/// <summary>Makes an alarm, or puts all its settings.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html</remarks>
public sealed class PutMetricAlarmRequest
{
    /// <summary>The alarm; what CloudWatch tells of it is not sent.</summary>
    public required MetricAlarm Alarm { get; set; }

    /// <summary>Tags of a new alarm; those of one that is there stay as they are.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}
