namespace FanOut.Aws.CloudWatchLogs;

/// <summary>Encrypts a log group's content, from now on, with a key.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html</remarks>
public sealed class AssociateKmsKeyRequest
{
    /// <summary>The log group's name.</summary>
    public required string LogGroupName { get; set; }

    /// <summary>ARN of the key, which must be symmetric; its policy must let CloudWatch Logs use it.</summary>
    public required string KmsKeyId { get; set; }
}
