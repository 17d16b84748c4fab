namespace FanOut.Engine.Transform;

/// <summary>What of a record has to be read for the values of a template.</summary>
[Flags]
internal enum ValueSources
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The event's record.</summary>
    Event = 1,

    /// <summary>The id of the shard. Changes that a Kinesis stream carries do not tell it: the stream's own records do.</summary>
    Shard = 2,

    /// <summary>The data, as text.</summary>
    Data = 4,

    /// <summary>Fields of the data, which has to be JSON.</summary>
    DataFields = 8,

    /// <summary>DynamoDB: the item's keys.</summary>
    Keys = 16,

    /// <summary>DynamoDB: the item after the change.</summary>
    NewImage = 32,

    /// <summary>DynamoDB: the item before the change.</summary>
    OldImage = 64,
}
