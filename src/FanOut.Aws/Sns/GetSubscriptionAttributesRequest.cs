namespace FanOut.Aws.Sns;

/// <summary>Asks for a subscription's attributes.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html</remarks>
public sealed class GetSubscriptionAttributesRequest
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionArn { get; set; }
}
