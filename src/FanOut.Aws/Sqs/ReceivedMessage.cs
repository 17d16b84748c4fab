namespace FanOut.Aws.Sqs;

/// <summary>A message that was received.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Message.html</remarks>
public sealed class ReceivedMessage
{
    /// <summary>Its id, which it keeps however often it is received.</summary>
    public required string MessageId { get; init; }

    /// <summary>What deletes it or changes how long it is hidden; another one each time that it is received.</summary>
    public required string ReceiptHandle { get; init; }

    /// <summary>Its body.</summary>
    public required string Body { get; init; }

    /// <summary>The system attributes that were asked for: <c>SentTimestamp</c>, <c>ApproximateReceiveCount</c> …</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }
}
