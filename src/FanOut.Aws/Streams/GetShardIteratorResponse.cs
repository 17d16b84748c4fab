using Amazon.Runtime;

namespace FanOut.Aws.Streams;

/// <summary>A place in a shard.</summary>
public sealed class GetShardIteratorResponse : AmazonWebServiceResponse
{
    /// <summary>The place, good for 5 minutes (Kinesis) or 15 (DynamoDB Streams).</summary>
    public string? ShardIterator { get; set; }
}
