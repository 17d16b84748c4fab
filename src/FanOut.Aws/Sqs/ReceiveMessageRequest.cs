namespace FanOut.Aws.Sqs;

/// <summary>Receives messages of a queue.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html</remarks>
public sealed class ReceiveMessageRequest
{
    /// <summary>The queue's URL.</summary>
    public required string QueueUrl { get; set; }

    /// <summary>How many at most, 1 to 10. Default: 10. There may be fewer, also where the queue has more.</summary>
    public int MaxNumberOfMessages { get; set; } = 10;

    /// <summary>How many seconds they are hidden from other receivers, up to 43,200; null: as the queue is set.</summary>
    public int? VisibilityTimeout { get; set; }

    /// <summary>How many seconds to wait for a message, up to 20; null: as the queue is set. With more than 0 all of the queue is asked, not only some of its servers.</summary>
    public int? WaitTimeSeconds { get; set; }

    /// <summary>The system attributes that are wanted: <c>SentTimestamp</c>, <c>ApproximateReceiveCount</c> …; null: none.</summary>
    public IReadOnlyList<string>? MessageSystemAttributeNames { get; set; }
}
