namespace FanOut.Aws.CloudWatchLogs;

/// <summary>Sets how long a log group keeps its content.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html</remarks>
public sealed class PutRetentionPolicyRequest
{
    /// <summary>The log group's name.</summary>
    public required string LogGroupName { get; set; }

    /// <summary>
    /// Days: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653.
    /// </summary>
    public required int RetentionInDays { get; set; }
}
