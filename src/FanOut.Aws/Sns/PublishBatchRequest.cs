namespace FanOut.Aws.Sns;

/// <summary>Publishes up to 10 messages to a topic.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html</remarks>
public sealed class PublishBatchRequest
{
    /// <summary>The topic.</summary>
    public required string TopicArn { get; init; }

    /// <summary>The messages, in order.</summary>
    public ReadOnlyMemory<PublishBatchRequestEntry> PublishBatchRequestEntries { get; init; }
}
