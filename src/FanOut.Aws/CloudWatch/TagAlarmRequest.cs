namespace FanOut.Aws.CloudWatch;

/// <summary>Sets tags of an alarm.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_TagResource.html</remarks>
public sealed class TagAlarmRequest
{
    /// <summary>The alarm's ARN.</summary>
    public required string ResourceArn { get; set; }

    /// <summary>The tags.</summary>
    public required Dictionary<string, string> Tags { get; set; }
}
