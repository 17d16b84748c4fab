namespace FanOut.Engine.Events;

/// <summary>The fields of a record that are read; together they say which were there.</summary>
[Flags]
internal enum EventField
{
    /// <summary>None that is needed.</summary>
    None = 0,

    /// <summary>The source's ARN; that of a topic is <see cref="Topic"/>.</summary>
    Arn = 1,

    /// <summary>What happened, of DynamoDB.</summary>
    EventName = 2,

    /// <summary>The data; of DynamoDB the item as it is now.</summary>
    Data = 4,

    /// <summary>The partition key; of DynamoDB the item's keys.</summary>
    Key = 8,

    /// <summary>The sequence number; of SNS the message's id, which is its key too.</summary>
    Number = 16,

    /// <summary>The item as it was before, of DynamoDB.</summary>
    OldImage = 32,

    /// <summary>The topic's ARN.</summary>
    Topic = 64,

    /// <summary>What a record of Kinesis holds.</summary>
    Kinesis = 128,

    /// <summary>What a record of DynamoDB Streams holds.</summary>
    DynamoDb = 256,

    /// <summary>What a record of SNS holds.</summary>
    Sns = 512,

    /// <summary>The attributes of a topic's message.</summary>
    Attributes = 1024,
}
