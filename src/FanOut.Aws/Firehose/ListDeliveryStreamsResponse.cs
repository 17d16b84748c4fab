using Amazon.Runtime;

namespace FanOut.Aws.Firehose;

/// <summary>A page of delivery streams.</summary>
public sealed class ListDeliveryStreamsResponse : AmazonWebServiceResponse
{
    /// <summary>Their names.</summary>
    public List<string>? DeliveryStreamNames { get; set; }

    /// <summary>Whether there is another page.</summary>
    public bool? HasMoreDeliveryStreams { get; set; }
}
