namespace FanOut.Local.Streams;

/// <summary>Where in a shard reading begins.</summary>
internal sealed record ShardPosition
{
    private ShardPosition(string type) => Type = type;

    /// <summary>With the oldest record that the stream still holds.</summary>
    public static ShardPosition TrimHorizon { get; } = new("TRIM_HORIZON");

    /// <summary>With the records that come from now on.</summary>
    public static ShardPosition Latest { get; } = new("LATEST");

    /// <summary>What the services call it.</summary>
    public string Type { get; }

    /// <summary>The sequence number; null: it is no position of one.</summary>
    public string? SequenceNumber { get; private init; }

    /// <summary>The time; null: it is no position of one.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <summary>With the first record of a time or later. A stream of a table knows no times: there it begins with the oldest record, and what is older is left out.</summary>
    public static ShardPosition AtTime(DateTimeOffset time) => new("AT_TIMESTAMP") { Time = time };

    /// <summary>With a record.</summary>
    public static ShardPosition At(string sequenceNumber) => new("AT_SEQUENCE_NUMBER") { SequenceNumber = sequenceNumber };

    /// <summary>Behind a record.</summary>
    public static ShardPosition After(string sequenceNumber) => new("AFTER_SEQUENCE_NUMBER") { SequenceNumber = sequenceNumber };
}
