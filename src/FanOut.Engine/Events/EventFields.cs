namespace FanOut.Engine.Events;

/// <summary>The names of the fields of records: those that each record has, and those within the object that tells its kind.</summary>
internal static class EventFields
{
    /// <summary>The field of a name.</summary>
    /// <param name="of">The kind whose object it stands in; null: it stands in the record itself.</param>
    /// <param name="name">The name, UTF-8.</param>
    public static EventField Find(SourceKind? of, ReadOnlySpan<byte> name) => of switch
    {
        SourceKind.Kinesis => name.SequenceEqual("data"u8) ? EventField.Data
            : name.SequenceEqual("partitionKey"u8) ? EventField.Key
            : name.SequenceEqual("sequenceNumber"u8) ? EventField.Number
            : EventField.None,
        SourceKind.DynamoDb => name.SequenceEqual("NewImage"u8) ? EventField.Data
            : name.SequenceEqual("OldImage"u8) ? EventField.OldImage
            : name.SequenceEqual("Keys"u8) ? EventField.Key
            : name.SequenceEqual("SequenceNumber"u8) ? EventField.Number
            : EventField.None,
        SourceKind.Sns => name.SequenceEqual("Message"u8) ? EventField.Data
            : name.SequenceEqual("MessageId"u8) ? EventField.Number
            : name.SequenceEqual("TopicArn"u8) ? EventField.Topic
            : name.SequenceEqual("MessageAttributes"u8) ? EventField.Attributes
            : EventField.None,
        _ => name.SequenceEqual("kinesis"u8) ? EventField.Kinesis
            : name.SequenceEqual("dynamodb"u8) ? EventField.DynamoDb
            : name.SequenceEqual("Sns"u8) ? EventField.Sns
            : name.SequenceEqual("eventSourceARN"u8) ? EventField.Arn
            : name.SequenceEqual("eventName"u8) ? EventField.EventName
            : EventField.None,
    };

    /// <summary>The name of a field, for people.</summary>
    /// <param name="of">The kind whose object it stands in; null: it stands in the record itself.</param>
    /// <param name="field">The field.</param>
    public static string NameOf(SourceKind? of, EventField field) => (of, field) switch
    {
        (SourceKind.Kinesis, EventField.Data) => "data",
        (SourceKind.Kinesis, EventField.Key) => "partitionKey",
        (SourceKind.Kinesis, _) => "sequenceNumber",
        (SourceKind.DynamoDb, EventField.Data) => "NewImage",
        (SourceKind.DynamoDb, EventField.OldImage) => "OldImage",
        (SourceKind.DynamoDb, EventField.Key) => "Keys",
        (SourceKind.DynamoDb, _) => "SequenceNumber",
        (SourceKind.Sns, EventField.Data) => "Message",
        (SourceKind.Sns, EventField.Topic) => "TopicArn",
        (SourceKind.Sns, _) => "MessageId",
        (_, EventField.Kinesis) => "kinesis",
        (_, EventField.DynamoDb) => "dynamodb",
        (_, EventField.Sns) => "Sns",
        (_, EventField.EventName) => "eventName",
        _ => "eventSourceARN",
    };

    /// <summary>The kind of record that has a field of <see cref="EventField.Kinesis"/>, <see cref="EventField.DynamoDb"/> or <see cref="EventField.Sns"/>.</summary>
    public static SourceKind KindOf(EventField field) => field switch
    {
        EventField.Kinesis => SourceKind.Kinesis,
        EventField.DynamoDb => SourceKind.DynamoDb,
        _ => SourceKind.Sns,
    };
}
