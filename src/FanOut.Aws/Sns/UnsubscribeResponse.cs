using Amazon.Runtime;

namespace FanOut.Aws.Sns;

/// <summary>The subscription is removed.</summary>
public sealed class UnsubscribeResponse : AmazonWebServiceResponse;
