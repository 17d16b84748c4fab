namespace FanOut.Aws.Sqs;

/// <summary>Sends up to 10 messages, 1 MiB in total, to a queue.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html</remarks>
public sealed class SendMessageBatchRequest
{
    /// <summary>The queue's URL.</summary>
    public required string QueueUrl { get; init; }

    /// <summary>The messages, in order.</summary>
    public ReadOnlyMemory<SendMessageBatchRequestEntry> Entries { get; init; }
}
