using Amazon.Runtime;

namespace FanOut.Aws.Sns;

/// <summary>The answer of Publish: the message was taken.</summary>
public sealed class PublishResponse : AmazonWebServiceResponse
{
    /// <summary>The id that SNS gave the message.</summary>
    public string MessageId { get; internal set; } = "";
}
