namespace FanOut.Engine.Filtering.Shapes;

/// <summary>The names that a filter can look at and that are not, or not only, those of a field of the event.</summary>
internal static class RecordFields
{
    /// <summary>Kinesis and SNS: what the producer sent.</summary>
    public const string Data = "data";

    /// <summary>Kinesis: the partition key; a record of an aggregate has a key of its own.</summary>
    public const string PartitionKey = "partitionKey";

    /// <summary>Kinesis and DynamoDB: the sequence number.</summary>
    public const string SequenceNumber = "sequenceNumber";

    /// <summary>DynamoDB: the item's keys as plain JSON.</summary>
    public const string Keys = "keys";

    /// <summary>DynamoDB: the item after the change as plain JSON.</summary>
    public const string NewImage = "newImage";

    /// <summary>DynamoDB: the item before the change as plain JSON.</summary>
    public const string OldImage = "oldImage";
}
