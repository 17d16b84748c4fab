namespace FanOut.Aws.CloudWatchLogs;

/// <summary>Asks for a page of a log group's lines.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html</remarks>
public sealed class FilterLogEventsRequest
{
    /// <summary>The log group's name.</summary>
    public required string LogGroupName { get; set; }

    /// <summary>Only lines from this time on; null: from the first.</summary>
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>Only lines before this time; null: to the last.</summary>
    public DateTimeOffset? EndTime { get; set; }

    /// <summary>
    /// Which lines: terms in quotation marks that must all be in a line, with a minus those that must not; null: all.
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
    /// </summary>
    public string? FilterPattern { get; set; }

    /// <summary>How many lines a page may have, 1 to 10,000. Default: 10,000, or 1 MB.</summary>
    public int? Limit { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="FilterLogEventsResponse.NextToken"/>.</summary>
    public string? NextToken { get; set; }
}
