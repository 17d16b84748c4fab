using Amazon.Runtime;

namespace FanOut.Aws.CloudWatchLogs;

/// <summary>A page of log groups.</summary>
public sealed class DescribeLogGroupsResponse : AmazonWebServiceResponse
{
    /// <summary>The log groups, by name.</summary>
    public List<LogGroup>? LogGroups { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextToken { get; set; }
}
