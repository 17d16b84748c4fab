namespace FanOut.Aws.CloudWatchLogs;

/// <summary>Lets a log group keep its content for ever.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html</remarks>
public sealed class DeleteRetentionPolicyRequest
{
    /// <summary>The log group's name.</summary>
    public required string LogGroupName { get; set; }
}
