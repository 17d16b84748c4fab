namespace FanOut.Aws.CloudWatchLogs;

/// <summary>A line of a log.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilteredLogEvent.html</remarks>
public sealed class FilteredLogEvent
{
    /// <summary>Its id.</summary>
    public string? EventId { get; set; }

    /// <summary>The log stream: of functions, one for each execution environment.</summary>
    public string? LogStreamName { get; set; }

    /// <summary>When it was written; UTC.</summary>
    public DateTime Timestamp { get; set; }

    /// <summary>The line.</summary>
    public string? Message { get; set; }
}
