using Amazon.Runtime;

namespace FanOut.Aws.Kinesis;

/// <summary>A stream, without its shards.</summary>
public sealed class DescribeStreamSummaryResponse : AmazonWebServiceResponse
{
    /// <summary>The stream.</summary>
    public StreamDescriptionSummary? StreamDescriptionSummary { get; set; }
}
