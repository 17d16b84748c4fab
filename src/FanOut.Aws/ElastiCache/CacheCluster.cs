namespace FanOut.Aws.ElastiCache;

/// <summary>A cache cluster: Memcached's nodes, or one node of a replication group.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheCluster.html</remarks>
public sealed class CacheCluster
{
    /// <summary>Its id.</summary>
    public string? CacheClusterId { get; set; }

    /// <summary>Its ARN.</summary>
    public string? ARN { get; set; }

    /// <summary><c>available</c>, <c>creating</c>, <c>deleting</c>, <c>modifying</c> …</summary>
    public string? CacheClusterStatus { get; set; }

    /// <summary><c>memcached</c>, <c>redis</c> or <c>valkey</c>.</summary>
    public string? Engine { get; set; }

    /// <summary>The replication group that it belongs to, if any.</summary>
    public string? ReplicationGroupId { get; set; }

    /// <summary>Memcached: where the list of nodes is asked for.</summary>
    public Endpoint? ConfigurationEndpoint { get; set; }

    /// <summary>Its nodes, if they were asked for.</summary>
    public List<CacheNode>? CacheNodes { get; set; }

    /// <summary>Whether it is called with TLS.</summary>
    public bool? TransitEncryptionEnabled { get; set; }

    /// <summary>The ids of its security groups.</summary>
    public List<string>? SecurityGroupIds { get; set; }
}
