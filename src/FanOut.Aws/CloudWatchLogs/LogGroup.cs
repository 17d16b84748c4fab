namespace FanOut.Aws.CloudWatchLogs;

/// <summary>A log group; what the answer does not hold is <see langword="null"/>.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html</remarks>
public sealed class LogGroup
{
    /// <summary>Its name.</summary>
    public string? LogGroupName { get; set; }

    /// <summary>Its ARN with <c>:*</c> behind it, as policies name it.</summary>
    public string? Arn { get; set; }

    /// <summary>Its ARN, as the tagging operations want it; where it is absent, <see cref="Arn"/> without its <c>:*</c>.</summary>
    public string? LogGroupArn { get; set; }

    /// <summary>When it was made; UTC.</summary>
    public DateTime? CreationTime { get; set; }

    /// <summary>How many days its content is kept; <see langword="null"/>: for ever.</summary>
    public int? RetentionInDays { get; set; }

    /// <summary>How much it holds, in bytes.</summary>
    public long? StoredBytes { get; set; }

    /// <summary>ARN of the key that encrypts its content; none: CloudWatch Logs' own key.</summary>
    public string? KmsKeyId { get; set; }

    /// <summary><c>STANDARD</c>, <c>INFREQUENT_ACCESS</c> or <c>DELIVERY</c>.</summary>
    public string? LogGroupClass { get; set; }
}
