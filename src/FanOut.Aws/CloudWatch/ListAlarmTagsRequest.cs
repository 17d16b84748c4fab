namespace FanOut.Aws.CloudWatch;

/// <summary>Asks for an alarm's tags.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListTagsForResource.html</remarks>
public sealed class ListAlarmTagsRequest
{
    /// <summary>The alarm's ARN.</summary>
    public required string ResourceArn { get; set; }
}
