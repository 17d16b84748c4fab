namespace FanOut.Engine.Events;

/// <summary>Where an event's records come from.</summary>
public enum SourceKind
{
    /// <summary>A Kinesis data stream.</summary>
    Kinesis,

    /// <summary>The stream of a DynamoDB table.</summary>
    DynamoDb,

    /// <summary>An SNS topic.</summary>
    Sns,
}
