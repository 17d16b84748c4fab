namespace FanOut.Aws.ElastiCache;

/// <summary>Asks for a serverless cache, or for a page of the region's.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeServerlessCaches.html</remarks>
public sealed class DescribeServerlessCachesRequest
{
    /// <summary>The cache. Default: all.</summary>
    public string? ServerlessCacheName { get; set; }

    /// <summary>How many caches a page may have, at most 50. Default: 50.</summary>
    public int? MaxResults { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="DescribeServerlessCachesResponse.NextToken"/>.</summary>
    public string? NextToken { get; set; }
}
