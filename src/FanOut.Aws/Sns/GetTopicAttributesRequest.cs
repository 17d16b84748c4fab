namespace FanOut.Aws.Sns;

/// <summary>Asks for a topic's attributes.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html</remarks>
public sealed class GetTopicAttributesRequest
{
    /// <summary>The topic.</summary>
    public required string TopicArn { get; set; }
}
