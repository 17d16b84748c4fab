using Amazon.Runtime;

namespace FanOut.Aws.ElastiCache;

/// <summary>A page of serverless caches.</summary>
public sealed class DescribeServerlessCachesResponse : AmazonWebServiceResponse
{
    /// <summary>The caches.</summary>
    public List<ServerlessCache>? ServerlessCaches { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextToken { get; set; }
}
