using Amazon.Runtime;

namespace FanOut.Aws.Sns;

/// <summary>The endpoint is subscribed.</summary>
public sealed class SubscribeResponse : AmazonWebServiceResponse
{
    /// <summary>The subscription's ARN, or <c>pending confirmation</c>.</summary>
    public string? SubscriptionArn { get; set; }
}
