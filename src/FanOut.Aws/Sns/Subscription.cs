namespace FanOut.Aws.Sns;

/// <summary>A subscription.</summary>
/// <remarks>https://docs.aws.amazon.com/sns/latest/api/API_Subscription.html</remarks>
public sealed class Subscription
{
    /// <summary>Its ARN; <c>PendingConfirmation</c> until it is confirmed.</summary>
    public string? SubscriptionArn { get; set; }

    /// <summary>The account that subscribed.</summary>
    public string? Owner { get; set; }

    /// <summary><c>lambda</c>, <c>sqs</c>, <c>https</c> …</summary>
    public string? Protocol { get; set; }

    /// <summary>What gets the messages; its form depends on the protocol.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The topic.</summary>
    public string? TopicArn { get; set; }
}
