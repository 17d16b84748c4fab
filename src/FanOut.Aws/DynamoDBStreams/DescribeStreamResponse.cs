using Amazon.Runtime;

namespace FanOut.Aws.DynamoDBStreams;

/// <summary>A stream with a page of its shards.</summary>
public sealed class DescribeStreamResponse : AmazonWebServiceResponse
{
    /// <summary>The stream.</summary>
    public StreamDescription? StreamDescription { get; set; }
}
