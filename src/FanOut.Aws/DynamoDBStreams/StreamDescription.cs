using FanOut.Aws.Streams;

namespace FanOut.Aws.DynamoDBStreams;

/// <summary>A stream with a page of its shards.</summary>
public sealed class StreamDescription
{
    /// <summary><c>ENABLING</c>, <c>ENABLED</c>, <c>DISABLING</c> or <c>DISABLED</c>: then its records can still be read for a day.</summary>
    public string? StreamStatus { get; set; }

    /// <summary>The shards: all that still hold records, closed ones too.</summary>
    public List<Shard>? Shards { get; set; }

    /// <summary>Behind which shard the next page begins; null: this is the last one.</summary>
    public string? LastEvaluatedShardId { get; set; }
}
