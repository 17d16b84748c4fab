using Amazon.Runtime;

namespace FanOut.Aws.Firehose;

/// <summary>A delivery stream.</summary>
public sealed class DescribeDeliveryStreamResponse : AmazonWebServiceResponse
{
    /// <summary>The delivery stream.</summary>
    public DeliveryStreamDescription? DeliveryStreamDescription { get; set; }
}
