using Amazon.Runtime;
using FanOut.Aws.Streams;

namespace FanOut.Aws.Kinesis;

/// <summary>A page of shards: all that still hold records, closed ones too.</summary>
public sealed class ListShardsResponse : AmazonWebServiceResponse
{
    /// <summary>The shards.</summary>
    public List<Shard>? Shards { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextToken { get; set; }
}
