namespace FanOut.Engine.Mappings;

/// <summary>What is unpacked of a Kinesis record's data; the table's <c>unpack</c> attribute.</summary>
public enum Unpack
{
    /// <summary><c>none</c>, and the default: data is sent as it came.</summary>
    None,

    /// <summary><c>gzip</c>: data that is gzip is sent unpacked.</summary>
    Gzip,

    /// <summary><c>cloudWatchLogs</c>: as <see cref="Gzip"/>, and each log event of a subscription of CloudWatch Logs is a record of its own.</summary>
    CloudWatchLogs,
}
