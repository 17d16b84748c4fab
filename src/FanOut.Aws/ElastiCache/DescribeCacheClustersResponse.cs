using Amazon.Runtime;

namespace FanOut.Aws.ElastiCache;

/// <summary>A page of cache clusters.</summary>
public sealed class DescribeCacheClustersResponse : AmazonWebServiceResponse
{
    /// <summary>The clusters.</summary>
    public List<CacheCluster>? CacheClusters { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? Marker { get; set; }
}
