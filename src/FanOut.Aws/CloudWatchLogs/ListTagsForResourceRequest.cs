namespace FanOut.Aws.CloudWatchLogs;

/// <summary>Asks for a log group's tags.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html</remarks>
public sealed class ListTagsForResourceRequest
{
    /// <summary>ARN of the log group, without <c>:*</c>: <see cref="LogGroup.LogGroupArn"/>.</summary>
    public required string ResourceArn { get; set; }
}
