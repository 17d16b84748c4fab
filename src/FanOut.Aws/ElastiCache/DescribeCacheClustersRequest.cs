namespace FanOut.Aws.ElastiCache;

/// <summary>Asks for a cache cluster, or for a page of the region's.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheClusters.html</remarks>
public sealed class DescribeCacheClustersRequest
{
    /// <summary>The cluster. Default: all.</summary>
    public string? CacheClusterId { get; set; }

    /// <summary>Whether <see cref="CacheCluster.CacheNodes"/> is wanted. Default: false.</summary>
    public bool? ShowCacheNodeInfo { get; set; }

    /// <summary>How many clusters a page may have, 20 to 100. Default: 100.</summary>
    public int? MaxRecords { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="DescribeCacheClustersResponse.Marker"/>.</summary>
    public string? Marker { get; set; }
}
