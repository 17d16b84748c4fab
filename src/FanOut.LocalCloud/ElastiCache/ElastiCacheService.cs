using System.Collections.Concurrent;
using FanOut.LocalCloud.Http;

namespace FanOut.LocalCloud.ElastiCache;

/// <summary>ElastiCache's operations that describe caches. The caches are only declared, by code; they may run elsewhere or not exist at all.</summary>
/// <example><code>
/// cloud.ElastiCache.CreateMemcachedCluster("sessions", nodes: 2);
/// cloud.ElastiCache.CreateReplicationGroup("orders", shards: 3, transitEncryption: true);
/// cloud.ElastiCache.CreateCluster("local", "redis", at: new CacheEndpoint("127.0.0.1", 6379));
/// </code></example>
public sealed class ElastiCacheService : IService
{
    private readonly ConcurrentDictionary<string, ElastiCacheCluster> _clusters = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ElastiCacheReplicationGroup> _groups = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ElastiCacheServerlessCache> _serverless = new(StringComparer.Ordinal);
    private readonly CloudOptions _options;
    private readonly OperationTable _operations;

    internal ElastiCacheService(CloudOptions options)
    {
        _options = options;
        CacheDescriptions descriptions = new(this);
        _operations = new()
        {
            ["DescribeCacheClusters"] = descriptions.Clusters,
            ["DescribeReplicationGroups"] = descriptions.ReplicationGroups,
            ["DescribeServerlessCaches"] = descriptions.ServerlessCaches,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["elasticache"];

    /// <summary>All cache clusters, the nodes of replication groups among them.</summary>
    public IReadOnlyCollection<ElastiCacheCluster> Clusters =>
        [.. _clusters.Values, .. _groups.Values.SelectMany(group => group.NodeGroups).SelectMany(nodeGroup => nodeGroup.Members)];

    /// <summary>All replication groups.</summary>
    public IReadOnlyCollection<ElastiCacheReplicationGroup> ReplicationGroups => [.. _groups.Values];

    /// <summary>All serverless caches.</summary>
    public IReadOnlyCollection<ElastiCacheServerlessCache> ServerlessCaches => [.. _serverless.Values];

    /// <summary>Declares a Memcached cluster; one of that name is replaced.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="nodes">How many nodes.</param>
    /// <param name="transitEncryption">Whether the connections are TLS.</param>
    /// <param name="configurationEndpoint">Where clients get the list of nodes; null, the default, for a host name like AWS's.</param>
    /// <param name="region">Its region; null, the default, for the cloud's.</param>
    /// <param name="accountId">Its account; null, the default, for the cloud's.</param>
    public ElastiCacheCluster CreateMemcachedCluster(
        string name, int nodes = 1, bool transitEncryption = false, CacheEndpoint? configurationEndpoint = null, string? region = null, string? accountId = null)
    {
        CacheHosts hosts = Hosts(name, region, accountId);
        return Add(new ElastiCacheCluster
        {
            Arn = ArnOf("cluster", name, region, accountId),
            Engine = "memcached",
            Nodes = [.. Enumerable.Range(1, nodes).Select(number => hosts.Node(number, "memcached"))],
            ConfigurationEndpoint = configurationEndpoint ?? hosts.MemcachedConfiguration,
            TransitEncryption = transitEncryption,
            Created = _options.TimeProvider.GetUtcNow(),
        });
    }

    /// <summary>Declares a cluster of one Redis or Valkey node that is in no replication group; one of that name is replaced.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="engine"><c>redis</c>, the default, or <c>valkey</c>.</param>
    /// <param name="at">Where the node is; null, the default, for a host name like AWS's.</param>
    /// <param name="region">Its region; null, the default, for the cloud's.</param>
    /// <param name="accountId">Its account; null, the default, for the cloud's.</param>
    public ElastiCacheCluster CreateCluster(string name, string engine = "redis", CacheEndpoint? at = null, string? region = null, string? accountId = null) => Add(new ElastiCacheCluster
    {
        Arn = ArnOf("cluster", name, region, accountId),
        Engine = engine,
        Nodes = [at ?? Hosts(name, region, accountId).Node(1, engine)],
        Created = _options.TimeProvider.GetUtcNow(),
    });

    /// <summary>Declares a replication group; one of that name is replaced.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shards">How many shards with cluster mode; 0, the default, for a group without cluster mode.</param>
    /// <param name="replicas">How many replicas a shard has; 1 by default.</param>
    /// <param name="transitEncryption">Whether the connections are TLS.</param>
    /// <param name="engine"><c>redis</c>, the default, or <c>valkey</c>.</param>
    /// <param name="at">Where clients connect first, the configuration or primary endpoint; null, the default, for a host name like AWS's.</param>
    /// <param name="region">Its region; null, the default, for the cloud's.</param>
    /// <param name="accountId">Its account; null, the default, for the cloud's.</param>
    /// <param name="securityGroups">The ids of its security groups; none by default.</param>
    public ElastiCacheReplicationGroup CreateReplicationGroup(
        string name,
        int shards = 0,
        int replicas = 1,
        bool transitEncryption = false,
        string engine = "redis",
        CacheEndpoint? at = null,
        string? region = null,
        string? accountId = null,
        params string[] securityGroups)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shards);
        CacheHosts hosts = Hosts(name, region, accountId);
        DateTimeOffset now = _options.TimeProvider.GetUtcNow();
        bool clusterMode = shards > 0;
        ElastiCacheReplicationGroup group = new()
        {
            Arn = ArnOf("replicationgroup", name, region, accountId),
            Engine = engine,
            NodeGroups = NodeGroupLayout.Of(Math.Max(shards, 1), clusterMode, replicas, name.ToLowerInvariant(), (clusterId, nodeGroup) => new ElastiCacheCluster
            {
                Arn = ArnOf("cluster", clusterId, region, accountId),
                Engine = engine,
                Nodes = [hosts.Member(clusterId, nodeGroup, transitEncryption)],
                TransitEncryption = transitEncryption,
                ReplicationGroupId = name.ToLowerInvariant(),
                SecurityGroups = securityGroups,
                Created = now,
            }),
            ConfigurationEndpoint = clusterMode ? at ?? hosts.RedisConfiguration(transitEncryption) : null,
            PrimaryEndpoint = clusterMode ? null : at ?? hosts.Primary(transitEncryption),
            ReaderEndpoint = clusterMode ? null : hosts.Reader(transitEncryption),
            TransitEncryption = transitEncryption,
            Created = now,
        };
        return _groups[group.Arn] = group;
    }

    /// <summary>Declares a serverless cache; one of that name is replaced.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="engine"><c>redis</c>, <c>valkey</c> (default) or <c>memcached</c>.</param>
    /// <param name="at">Where it is; null, the default, for a host name like AWS's.</param>
    /// <param name="region">Its region; null, the default, for the cloud's.</param>
    /// <param name="accountId">Its account; null, the default, for the cloud's.</param>
    /// <param name="securityGroups">The ids of its security groups; none by default.</param>
    public ElastiCacheServerlessCache CreateServerlessCache(
        string name, string engine = "valkey", CacheEndpoint? at = null, string? region = null, string? accountId = null, params string[] securityGroups)
    {
        CacheHosts hosts = Hosts(name, region, accountId);
        ElastiCacheServerlessCache cache = new()
        {
            Arn = ArnOf("serverlesscache", name, region, accountId),
            Engine = engine,
            Endpoint = at ?? hosts.Serverless(engine, reader: false),
            ReaderEndpoint = hosts.Serverless(engine, reader: true),
            SecurityGroups = securityGroups,
            Created = _options.TimeProvider.GetUtcNow(),
        };
        return _serverless[cache.Arn] = cache;
    }

    /// <summary>Declares a cluster as it is given, for example one that is still <c>creating</c>; one with that ARN is replaced.</summary>
    public ElastiCacheCluster Add(ElastiCacheCluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return _clusters[cluster.Arn] = cluster;
    }

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return new CallSubject(
            serviceCall.NamedOperation(),
            Named("CacheClusterId", "cluster") ?? Named("ReplicationGroupId", "replicationgroup") ?? Named("ServerlessCacheName", "serverlesscache"));

        string? Named(string parameter, string kind) =>
            serviceCall.Form.Text(parameter) is { } name ? ArnOf(kind, name, serviceCall.Region, serviceCall.AccountId) : null;
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken) =>
        _operations.AnswerAsync(serviceCall, cancellationToken);

    private CacheHosts Hosts(string name, string? region, string? accountId) =>
        new(name.ToLowerInvariant(), region ?? _options.Region, accountId ?? _options.AccountId);

    // Ids are stored and looked up in lower case.
    private string ArnOf(string kind, string name, string? region, string? accountId) =>
        ArnText.Of("elasticache", region ?? _options.Region, accountId ?? _options.AccountId, $"{kind}:{name.ToLowerInvariant()}");
}
