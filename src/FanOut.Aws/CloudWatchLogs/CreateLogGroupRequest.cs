namespace FanOut.Aws.CloudWatchLogs;

/// <summary>Makes a log group.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html</remarks>
public sealed class CreateLogGroupRequest
{
    /// <summary>Its name, 1 to 512 letters, digits and <c>_-/.#</c>.</summary>
    public required string LogGroupName { get; set; }

    /// <summary>ARN of the key that encrypts its content. Default: CloudWatch Logs' own key.</summary>
    public string? KmsKeyId { get; set; }

    /// <summary>Its tags, 1 to 50; null: none.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}
