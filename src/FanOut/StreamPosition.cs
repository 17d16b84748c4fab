namespace FanOut;

/// <summary>Where in a stream the function begins to read.</summary>
public enum StreamPosition
{
    /// <summary>With the records that come from now on.</summary>
    Latest,

    /// <summary>With the oldest record that the stream still holds.</summary>
    TrimHorizon,

    /// <summary>With the records from a time on; only Kinesis.</summary>
    AtTimestamp,
}
