using Amazon.Runtime;

namespace FanOut.Aws.Sns;

/// <summary>A page of subscriptions.</summary>
public sealed class ListSubscriptionsResponse : AmazonWebServiceResponse
{
    /// <summary>The subscriptions.</summary>
    public List<Subscription>? Subscriptions { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextToken { get; set; }
}
