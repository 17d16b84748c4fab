namespace FanOut.Engine.Templates;

/// <summary>Where a value comes from that a template writes.</summary>
internal enum ValueKind : byte
{
    /// <summary>A field of the event's record, by its path.</summary>
    EventField,

    /// <summary>Kinesis and SNS: a field of the data, by its path; the data must be JSON.</summary>
    DataField,

    /// <summary>Kinesis and SNS: the data as a whole, JSON or else text.</summary>
    Data,

    /// <summary>DynamoDB: a field of the item's keys as plain JSON, by its path.</summary>
    Keys,

    /// <summary>DynamoDB: a field of the item after the change as plain JSON, by its path.</summary>
    NewImage,

    /// <summary>DynamoDB: a field of the item before the change as plain JSON, by its path.</summary>
    OldImage,

    /// <summary>The sequence number, as text; of SNS the message's id.</summary>
    SequenceNumber,

    /// <summary>The key, as text: the partition key, that of the item, or the message's id.</summary>
    PartitionKey,

    /// <summary>Kinesis: the shard's id, as text.</summary>
    ShardId,

    /// <summary>When the source got the record, as text: <c>2018-12-17T22:10:50.987Z</c>.</summary>
    ArrivalTime,

    /// <summary>The event's record as a whole, JSON.</summary>
    Record,
}
