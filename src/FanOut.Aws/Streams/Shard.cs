using System.Text.Json;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.Streams;

/// <summary>A shard of a Kinesis or DynamoDB stream.</summary>
public sealed class Shard
{
    /// <summary>Its id.</summary>
    public string? ShardId { get; set; }

    /// <summary>The shard that it was made of; null: none. The parent may be gone.</summary>
    public string? ParentShardId { get; set; }

    /// <summary>Kinesis: the other shard that it was merged of; null: none.</summary>
    public string? AdjacentParentShardId { get; set; }

    /// <summary>Which sequence numbers are in it.</summary>
    public SequenceNumberRange? SequenceNumberRange { get; set; }

    internal static Shard Read(JsonElement json) => new()
    {
        ShardId = json.Text("ShardId"),
        ParentShardId = json.Text("ParentShardId"),
        AdjacentParentShardId = json.Text("AdjacentParentShardId"),
        SequenceNumberRange = json.Structure("SequenceNumberRange", static range => new SequenceNumberRange
        {
            StartingSequenceNumber = range.Text("StartingSequenceNumber"),
            EndingSequenceNumber = range.Text("EndingSequenceNumber"),
        }),
    };
}
