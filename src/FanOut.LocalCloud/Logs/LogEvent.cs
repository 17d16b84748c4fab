namespace FanOut.LocalCloud.Logs;

/// <summary>One line of a log group.</summary>
/// <param name="Stream">The log stream.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Message">The line.</param>
public sealed record LogEvent(string Stream, DateTimeOffset Time, string Message);
