using Amazon.Runtime;

namespace FanOut.Aws.CloudWatchLogs;

/// <summary>A log group's tags.</summary>
public sealed class ListTagsForResourceResponse : AmazonWebServiceResponse
{
    /// <summary>The tags.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}
