using Amazon.Runtime;

namespace FanOut.Aws.Sqs;

/// <summary>Attributes of a queue.</summary>
public sealed class GetQueueAttributesResponse : AmazonWebServiceResponse
{
    /// <summary>Names and values.</summary>
    public Dictionary<string, string>? Attributes { get; set; }
}
