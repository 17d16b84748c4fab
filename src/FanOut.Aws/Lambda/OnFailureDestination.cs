namespace FanOut.Aws.Lambda;

/// <summary>The destination to which Lambda reports the records that it dropped.</summary>
public sealed class OnFailureDestination
{
    /// <summary>ARN of an SQS queue, an SNS topic or an S3 bucket.</summary>
    public string? Destination { get; set; }
}
