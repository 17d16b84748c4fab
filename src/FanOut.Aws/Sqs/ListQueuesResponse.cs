using Amazon.Runtime;

namespace FanOut.Aws.Sqs;

/// <summary>A page of queues.</summary>
public sealed class ListQueuesResponse : AmazonWebServiceResponse
{
    /// <summary>The queues' URLs.</summary>
    public List<string>? QueueUrls { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextToken { get; set; }
}
