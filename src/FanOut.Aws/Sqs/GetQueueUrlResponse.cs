using Amazon.Runtime;

namespace FanOut.Aws.Sqs;

/// <summary>The URL of a queue.</summary>
public sealed class GetQueueUrlResponse : AmazonWebServiceResponse
{
    /// <summary>The URL.</summary>
    public string? QueueUrl { get; set; }
}
