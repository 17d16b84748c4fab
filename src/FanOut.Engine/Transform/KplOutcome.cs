namespace FanOut.Engine.Transform;

/// <summary>What the data of a Kinesis record turned out to be.</summary>
public enum KplOutcome
{
    /// <summary>Not an aggregate; the record passes as it is.</summary>
    Plain,

    /// <summary>An aggregate; its records have been read.</summary>
    Aggregated,

    /// <summary>An aggregate by magic and digest whose protobuf cannot be read; the record is undecodable.</summary>
    Broken,
}
