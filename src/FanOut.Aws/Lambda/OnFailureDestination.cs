namespace FanOut.Aws.Lambda;

/// <summary>A destination of what was given up.</summary>
public sealed class OnFailureDestination
{
    /// <summary>ARN of an SQS queue, an SNS topic or an S3 bucket.</summary>
    public string? Destination { get; set; }
}
