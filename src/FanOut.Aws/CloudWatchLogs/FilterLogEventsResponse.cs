using Amazon.Runtime;

namespace FanOut.Aws.CloudWatchLogs;

/// <summary>A page of lines; it may be empty although others follow.</summary>
public sealed class FilterLogEventsResponse : AmazonWebServiceResponse
{
    /// <summary>The lines, by time.</summary>
    public List<FilteredLogEvent>? Events { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextToken { get; set; }
}
