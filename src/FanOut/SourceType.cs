namespace FanOut;

/// <summary>The type of a source.</summary>
public enum SourceType
{
    /// <summary>A Kinesis data stream, by its name.</summary>
    Kinesis,

    /// <summary>The stream of a DynamoDB table, by the table's name.</summary>
    DynamoDB,

    /// <summary>An SNS topic, by its name.</summary>
    SNS,
}
