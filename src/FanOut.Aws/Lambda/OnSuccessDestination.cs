namespace FanOut.Aws.Lambda;

/// <summary>The destination to which Lambda reports the events that a function took.</summary>
public sealed class OnSuccessDestination
{
    /// <summary>ARN of an SQS queue, an SNS topic, a function or an event bus.</summary>
    public string? Destination { get; set; }
}
