namespace FanOut.Aws.ElastiCache;

/// <summary>A replication group of Redis OSS or Valkey.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html</remarks>
public sealed class ReplicationGroup
{
    /// <summary>Its id.</summary>
    public string? ReplicationGroupId { get; set; }

    /// <summary>Its ARN.</summary>
    public string? ARN { get; set; }

    /// <summary><c>available</c>, <c>creating</c>, <c>deleting</c>, <c>modifying</c> …</summary>
    public string? Status { get; set; }

    /// <summary><c>redis</c> or <c>valkey</c>.</summary>
    public string? Engine { get; set; }

    /// <summary>Whether it is in cluster mode, and called at <see cref="ConfigurationEndpoint"/>.</summary>
    public bool? ClusterEnabled { get; set; }

    /// <summary>Cluster mode: where the nodes are asked for.</summary>
    public Endpoint? ConfigurationEndpoint { get; set; }

    /// <summary>Its shards; without cluster mode one, called at its <see cref="NodeGroup.PrimaryEndpoint"/>.</summary>
    public List<NodeGroup>? NodeGroups { get; set; }

    /// <summary>Whether it is called with TLS.</summary>
    public bool? TransitEncryptionEnabled { get; set; }

    /// <summary>The ids of the clusters that it consists of, which know its security groups.</summary>
    public List<string>? MemberClusters { get; set; }
}
