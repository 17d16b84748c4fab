using FanOut.Engine.Events;

namespace FanOut.Engine.Filtering;

/// <summary>The names that a filter can look at, by the kind of source.</summary>
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

    // Names of the event's own fields are kept, so that a filter of an event source mapping means the same here.
    private static readonly string[] OfKinesis =
        [Data, PartitionKey, SequenceNumber, "approximateArrivalTimestamp", "kinesisSchemaVersion", "eventID", "eventName", "eventSource", "eventVersion", "eventSourceARN", "awsRegion", "invokeIdentityArn"];

    private static readonly string[] OfDynamoDb =
        ["eventName", "dynamodb", Keys, NewImage, OldImage, SequenceNumber, "userIdentity", "eventID", "eventSource", "eventVersion", "eventSourceARN", "awsRegion"];

    private static readonly string[] OfSns = [Data, "Sns", "EventSource", "EventVersion", "EventSubscriptionArn"];

    /// <summary>The names of a kind of source.</summary>
    public static IReadOnlyList<string> Of(SourceKind kind) => kind switch
    {
        SourceKind.Kinesis => OfKinesis,
        SourceKind.DynamoDb => OfDynamoDb,
        _ => OfSns,
    };
}
