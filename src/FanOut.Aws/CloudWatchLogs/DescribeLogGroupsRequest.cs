namespace FanOut.Aws.CloudWatchLogs;

/// <summary>Asks for a page of the region's log groups.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html</remarks>
public sealed class DescribeLogGroupsRequest
{
    /// <summary>Only groups whose name begins so. Default: all.</summary>
    public string? LogGroupNamePrefix { get; set; }

    /// <summary>How many groups a page may have, 1 to 50. Default: 50.</summary>
    public int? Limit { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="DescribeLogGroupsResponse.NextToken"/>.</summary>
    public string? NextToken { get; set; }
}
