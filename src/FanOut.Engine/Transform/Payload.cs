using FanOut.Aws;

namespace FanOut.Engine.Transform;

/// <summary>What a target is to get of a record, or of a record in an aggregate.</summary>
public readonly struct Payload
{
    /// <summary>The record's position in its group.</summary>
    public required int Record { get; init; }

    /// <summary>The position within an aggregate, from 0; 0 if the record is not of an aggregate.</summary>
    public int SubSequence { get; init; }

    /// <summary>Whether it is one of the records that an aggregate holds.</summary>
    public bool IsSubRecord { get; init; }

    /// <summary>The key, UTF-8: the partition key, or that of the item, see <see cref="DynamoKey"/>.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>The explicit hash key as the producer gave it; empty: none.</summary>
    public ReadOnlyMemory<byte> ExplicitHashKey { get; init; }

    /// <summary>The data.</summary>
    public Blob Data { get; init; }

    /// <summary>The item was removed and the view shows nothing of it: an index and caches delete the key, other targets get <c>{}</c>.</summary>
    public bool IsDelete { get; init; }

    /// <summary>The data is JSON by construction and needs no checking.</summary>
    public bool IsJson { get; init; }

    /// <summary>Where its texts begin in <see cref="Payloads.Texts"/>. It fits into the padding: it costs nothing where there are none.</summary>
    internal int Texts { get; init; }
}
