namespace FanOut.Aws.Sqs;

/// <summary>Deletes up to 10 messages that were received.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html</remarks>
public sealed class DeleteMessageBatchRequest
{
    /// <summary>The queue's URL.</summary>
    public required string QueueUrl { get; set; }

    /// <summary>The <see cref="ReceivedMessage.ReceiptHandle"/> of each.</summary>
    public required IReadOnlyList<string> ReceiptHandles { get; set; }
}
