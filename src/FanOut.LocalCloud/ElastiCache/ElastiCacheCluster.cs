namespace FanOut.LocalCloud.ElastiCache;

/// <summary>A cache cluster: Memcached nodes, one Redis or Valkey node of its own, or one node of a replication group.</summary>
public sealed record ElastiCacheCluster
{
    /// <summary>The ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>The id, in lower case.</summary>
    public string Id => DestinationName.Short(Arn);

    /// <summary><c>memcached</c>, <c>redis</c> or <c>valkey</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The nodes' endpoints, in the order of their ids <c>0001</c>, <c>0002</c> …</summary>
    public required IReadOnlyList<CacheEndpoint> Nodes { get; init; }

    /// <summary>Memcached: where clients get the list of nodes; null for other engines.</summary>
    public CacheEndpoint? ConfigurationEndpoint { get; init; }

    /// <summary>Whether the connections are TLS.</summary>
    public bool TransitEncryption { get; init; }

    /// <summary>The replication group that it is a part of; null for none.</summary>
    public string? ReplicationGroupId { get; init; }

    /// <summary>The ids of its security groups.</summary>
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The status, for example <c>creating</c>.</summary>
    /// <value><c>available</c></value>
    public string Status { get; init; } = "available";
}
