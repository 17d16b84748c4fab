namespace FanOut.Aws.ElastiCache;

/// <summary>A node of a cache cluster.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheNode.html</remarks>
public sealed class CacheNode
{
    /// <summary>Its id, such as <c>0001</c>.</summary>
    public string? CacheNodeId { get; set; }

    /// <summary>Its status, such as <c>available</c>.</summary>
    public string? CacheNodeStatus { get; set; }

    /// <summary>Where it is called.</summary>
    public Endpoint? Endpoint { get; set; }
}
