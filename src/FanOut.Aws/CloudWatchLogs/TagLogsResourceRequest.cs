namespace FanOut.Aws.CloudWatchLogs;

/// <summary>Gives a log group tags; those of the same key are replaced, others stay.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html</remarks>
public sealed class TagLogsResourceRequest
{
    /// <summary>ARN of the log group, without <c>:*</c>: <see cref="LogGroup.LogGroupArn"/>.</summary>
    public required string ResourceArn { get; set; }

    /// <summary>The tags, at least one.</summary>
    public required Dictionary<string, string> Tags { get; set; }
}
