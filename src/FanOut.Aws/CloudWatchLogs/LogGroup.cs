namespace FanOut.Aws.CloudWatchLogs;

/// <summary>A log group; members that the answer does not have are null.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html</remarks>
public sealed class LogGroup
{
    /// <summary>Its name.</summary>
    public string? LogGroupName { get; set; }

    /// <summary>Its ARN with <c>:*</c> at the end, as policies need it.</summary>
    public string? Arn { get; set; }

    /// <summary>Its ARN, as the tagging operations need it. If it is null, it is <see cref="Arn"/> without the <c>:*</c>.</summary>
    public string? LogGroupArn { get; set; }

    /// <summary>When it was made; UTC.</summary>
    public DateTime? CreationTime { get; set; }

    /// <summary>How many days its content is kept; null: for ever.</summary>
    public int? RetentionInDays { get; set; }

    /// <summary>How much it holds, in bytes.</summary>
    public long? StoredBytes { get; set; }

    /// <summary>ARN of the key that encrypts its content; null: CloudWatch Logs' own key.</summary>
    public string? KmsKeyId { get; set; }

    /// <summary><c>STANDARD</c>, <c>INFREQUENT_ACCESS</c> or <c>DELIVERY</c>.</summary>
    public string? LogGroupClass { get; set; }
}
