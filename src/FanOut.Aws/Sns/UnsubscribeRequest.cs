namespace FanOut.Aws.Sns;

/// <summary>Removes a subscription.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html</remarks>
public sealed class UnsubscribeRequest
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionArn { get; set; }
}
