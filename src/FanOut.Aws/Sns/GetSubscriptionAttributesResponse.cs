using Amazon.Runtime;

namespace FanOut.Aws.Sns;

/// <summary>A subscription's attributes.</summary>
public sealed class GetSubscriptionAttributesResponse : AmazonWebServiceResponse
{
    /// <summary>Names and values: <c>FilterPolicy</c>, <c>RedrivePolicy</c>, <c>Owner</c> …</summary>
    public Dictionary<string, string>? Attributes { get; set; }
}
