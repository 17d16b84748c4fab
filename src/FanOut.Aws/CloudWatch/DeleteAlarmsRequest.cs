namespace FanOut.Aws.CloudWatch;

/// <summary>Deletes alarms.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html</remarks>
public sealed class DeleteAlarmsRequest
{
    /// <summary>Their names, up to 100.</summary>
    public required List<string> AlarmNames { get; set; }
}
