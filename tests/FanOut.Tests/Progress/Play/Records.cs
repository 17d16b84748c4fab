namespace FanOut.Tests.Progress.Play;

/// <summary>What a shard holds.</summary>
internal enum Records
{
    /// <summary>A record each.</summary>
    Kinesis,

    /// <summary>Aggregates of the Kinesis Producer Library among them.</summary>
    Aggregates,

    /// <summary>Messages of CloudWatch Logs among them, whose events are records.</summary>
    LogEvents,

    /// <summary>Changes of a table.</summary>
    Changes,

    /// <summary>Changes of a table that a Kinesis stream carries.</summary>
    Carried,
}
