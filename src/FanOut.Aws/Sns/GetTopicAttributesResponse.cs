using Amazon.Runtime;

namespace FanOut.Aws.Sns;

/// <summary>A topic's attributes.</summary>
public sealed class GetTopicAttributesResponse : AmazonWebServiceResponse
{
    /// <summary>Names and values: <c>TopicArn</c>, <c>Owner</c>, <c>FifoTopic</c>, <c>KmsMasterKeyId</c> …</summary>
    public Dictionary<string, string>? Attributes { get; set; }
}
