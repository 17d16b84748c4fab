namespace FanOut.LocalCloud.ElastiCache;

/// <summary>A replication group of Redis or Valkey nodes, with cluster mode or without.</summary>
public sealed record ElastiCacheReplicationGroup
{
    /// <summary>The ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>The id, in lower case.</summary>
    public string Id => DestinationName.Short(Arn);

    /// <summary><c>redis</c> or <c>valkey</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The shards; one without cluster mode.</summary>
    public required IReadOnlyList<ElastiCacheNodeGroup> NodeGroups { get; init; }

    /// <summary>With cluster mode: where clients get the list of nodes; null without.</summary>
    public CacheEndpoint? ConfigurationEndpoint { get; init; }

    /// <summary>Without cluster mode: the host that always means the primary; null with.</summary>
    public CacheEndpoint? PrimaryEndpoint { get; init; }

    /// <summary>Without cluster mode: the host that means any replica; null with.</summary>
    public CacheEndpoint? ReaderEndpoint { get; init; }

    /// <summary>Whether cluster mode is on.</summary>
    public bool ClusterMode => ConfigurationEndpoint is not null;

    /// <summary>Whether the connections are TLS.</summary>
    public bool TransitEncryption { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The status, for example <c>creating</c>.</summary>
    /// <value><c>available</c></value>
    public string Status { get; init; } = "available";
}
