using Amazon.Runtime;

namespace FanOut.Aws.Sqs;

/// <summary>Messages of a queue.</summary>
public sealed class ReceiveMessageResponse : AmazonWebServiceResponse
{
    /// <summary>The messages; null where there are none.</summary>
    public List<ReceivedMessage>? Messages { get; set; }
}
