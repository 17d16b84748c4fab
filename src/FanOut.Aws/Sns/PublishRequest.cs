namespace FanOut.Aws.Sns;

/// <summary>Publishes one message to a topic.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/api/API_Publish.html</remarks>
public sealed class PublishRequest
{
    /// <summary>The topic.</summary>
    public required string TopicArn { get; init; }

    /// <summary>The message.</summary>
    public PublishBatchRequestEntry Entry { get; init; }
}
