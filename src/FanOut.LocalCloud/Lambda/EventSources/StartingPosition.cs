namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>Where a new event source mapping begins to read; one that was stopped goes on from its checkpoint.</summary>
public enum StartingPosition
{
    /// <summary><c>TRIM_HORIZON</c>: the oldest record.</summary>
    TrimHorizon,

    /// <summary><c>LATEST</c>: only records that arrive after the event source mapping was created.</summary>
    Latest,

    /// <summary><c>AT_TIMESTAMP</c>: the first record that arrived at or after a time. Kinesis only.</summary>
    AtTimestamp,
}
