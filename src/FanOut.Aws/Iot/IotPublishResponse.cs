using Amazon.Runtime;

namespace FanOut.Aws.Iot;

/// <summary>The answer of Publish: the message was taken.</summary>
public sealed class IotPublishResponse : AmazonWebServiceResponse;
