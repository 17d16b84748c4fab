using FanOut.Engine.Events;

namespace FanOut.Local.Events;

/// <summary>A record that is to be written into an event.</summary>
internal sealed record EventRecord
{
    /// <summary>The record's own JSON, as Lambda would hand it over, which is written as it is; empty: it is made of the other members.</summary>
    public ReadOnlyMemory<byte> Whole { get; init; }

    /// <summary>Kinesis: the partition key. DynamoDB: the item's keys, typed JSON. SNS: not used.</summary>
    public string Key { get; init; } = "";

    /// <summary>Kinesis and SNS: the bytes. DynamoDB: the new image, typed JSON; empty: there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>DynamoDB: the old image, typed JSON; empty: there is none.</summary>
    public ReadOnlyMemory<byte> OldImage { get; init; }

    /// <summary>DynamoDB: what happened to the item.</summary>
    public ChangeKind Change { get; init; } = ChangeKind.Insert;

    /// <summary>Kinesis: whether the record carries a change of a table, which the key, the images and what happened tell as of DynamoDB.</summary>
    public bool CarriesChange { get; init; }

    /// <summary>The sequence number; SNS: the message's id.</summary>
    public string SequenceNumber { get; init; } = "";

    /// <summary>Kinesis: the shard.</summary>
    public string ShardId { get; init; } = "shardId-000000000000";

    /// <summary>SNS: the message's subject; null: none.</summary>
    public string? Subject { get; init; }

    /// <summary>SNS: the message's attributes, as Lambda's events have them: <c>{"kind":{"Type":"String","Value":"order"}}</c>; null: none.</summary>
    public string? Attributes { get; init; }

    /// <summary>When it came to its source.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Where it was read, if from a file; null: it comes from elsewhere.</summary>
    public FilePlace? Place { get; init; }

    /// <summary>How many bytes of data it is, about.</summary>
    public int Bytes => Whole.IsEmpty ? Data.Length : Whole.Length;
}
