namespace FanOut.Aws.Sqs;

/// <summary>Changes how long up to 10 messages that were received stay hidden.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html</remarks>
public sealed class ChangeMessageVisibilityBatchRequest
{
    /// <summary>The queue's URL.</summary>
    public required string QueueUrl { get; set; }

    /// <summary>The <see cref="ReceivedMessage.ReceiptHandle"/> of each.</summary>
    public required IReadOnlyList<string> ReceiptHandles { get; set; }

    /// <summary>How many seconds from now on, up to 43,200, but no more than 12 hours since they were received; 0: they are visible at once.</summary>
    public required int VisibilityTimeout { get; set; }
}
