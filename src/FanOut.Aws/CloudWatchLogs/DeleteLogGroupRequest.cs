namespace FanOut.Aws.CloudWatchLogs;

/// <summary>Deletes a log group with all its content.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html</remarks>
public sealed class DeleteLogGroupRequest
{
    /// <summary>The log group's name.</summary>
    public required string LogGroupName { get; set; }
}
