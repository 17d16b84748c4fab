namespace FanOut.Aws.Sns;

/// <summary>Asks for a page of a topic's subscriptions, at most 100.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html</remarks>
public sealed class ListSubscriptionsByTopicRequest
{
    /// <summary>The topic.</summary>
    public required string TopicArn { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListSubscriptionsByTopicResponse.NextToken"/>.</summary>
    public string? NextToken { get; set; }
}
