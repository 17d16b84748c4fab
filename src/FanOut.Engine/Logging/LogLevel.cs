namespace FanOut.Engine.Logging;

/// <summary>How important a log line is; <c>FANOUT_LOG_LEVEL</c> names the least that is written.</summary>
public enum LogLevel
{
    /// <summary>Details for finding faults.</summary>
    Debug,

    /// <summary>One line for each batch. The default.</summary>
    Info,

    /// <summary>Something is not as it should be, but nothing failed.</summary>
    Warn,

    /// <summary>Something failed.</summary>
    Error,

    /// <summary>An answer to somebody who asked for it, which is written whatever the level; a line says <c>info</c>.</summary>
    Asked,

    /// <summary>Metrics that travel through the log: written whatever the level.</summary>
    Metric,
}
