using FanOut.Aws.ElastiCache;
using FanOut.Credentials;

namespace FanOut.Destinations;

/// <summary>Lists caches of ElastiCache.</summary>
/// <param name="session">Who asks.</param>
/// <param name="cancellationToken">Cancels the listing.</param>
internal sealed class ListCaches(AwsSession session, CancellationToken cancellationToken)
{
    private readonly AmazonElastiCacheClient _client = session.Client(AmazonElastiCacheClient.Service, static (c, s) => new AmazonElastiCacheClient(c, s));

    /// <summary>Memcached: clusters, serverless caches.</summary>
    public IEnumerable<IAsyncEnumerable<ListedDestination>> Memcached() =>
    [
        Clusters(static c => c.Engine == "memcached", static c => c.ConfigurationEndpoint, "memcacheds"),
        Serverless(static c => c.Engine == "memcached", "memcacheds"),
    ];

    /// <summary>Redis and Valkey: replication groups, clusters that are in none, serverless caches.</summary>
    public IEnumerable<IAsyncEnumerable<ListedDestination>> Redis() =>
    [
        ReplicationGroups(),
        Clusters(static c => c.Engine is "redis" or "valkey" && c.ReplicationGroupId is null, static c => c.CacheNodes?.FirstOrDefault()?.Endpoint, "rediss"),
        Serverless(static c => c.Engine is "redis" or "valkey", "rediss"),
    ];

    /// <summary>The ids of the security groups of a cache that was listed.</summary>
    public async Task<IReadOnlyList<string>> SecurityGroupsAsync(ListedDestination cache)
    {
        if (cache.MemberCluster is not { } member)
        {
            return cache.SecurityGroups ?? [];
        }

        DescribeCacheClustersResponse page = await _client.DescribeCacheClustersAsync(new DescribeCacheClustersRequest { CacheClusterId = member }, cancellationToken).ConfigureAwait(false);
        return page.CacheClusters?.FirstOrDefault()?.SecurityGroupIds ?? [];
    }

    private IAsyncEnumerable<ListedDestination> ReplicationGroups() => Pages.AllAsync(
        next => _client.DescribeReplicationGroupsAsync(new DescribeReplicationGroupsRequest { Marker = next }, cancellationToken),
        static p => p.ReplicationGroups?.Select(static g => new ListedDestination(
            g.ReplicationGroupId!,
            Full(g.ConfigurationEndpoint ?? g.NodeGroups?.FirstOrDefault()?.PrimaryEndpoint, "rediss", g.TransitEncryptionEnabled),
            $"{g.Engine ?? "Redis"} replication group, {g.Status}") { MemberCluster = g.MemberClusters?.FirstOrDefault() }),
        static p => p.Marker);

    private IAsyncEnumerable<ListedDestination> Clusters(Func<CacheCluster, bool> isWanted, Func<CacheCluster, Endpoint?> endpoint, string tlsScheme) => Pages.AllAsync(
        next => _client.DescribeCacheClustersAsync(new DescribeCacheClustersRequest { ShowCacheNodeInfo = true, Marker = next }, cancellationToken),
        p => p.CacheClusters?.Where(isWanted).Select(c => new ListedDestination(
            c.CacheClusterId!, Full(endpoint(c), tlsScheme, c.TransitEncryptionEnabled), $"{c.Engine} cluster, {c.CacheClusterStatus}") { SecurityGroups = c.SecurityGroupIds }),
        static p => p.Marker);

    private IAsyncEnumerable<ListedDestination> Serverless(Func<ServerlessCache, bool> isWanted, string tlsScheme) => Pages.AllAsync(
        next => _client.DescribeServerlessCachesAsync(new DescribeServerlessCachesRequest { NextToken = next }, cancellationToken),
        p => p.ServerlessCaches?.Where(isWanted).Select(c => new ListedDestination(
            c.ServerlessCacheName!, Full(c.Endpoint, tlsScheme, tls: true), $"{c.Engine} serverless cache, {c.Status}") { SecurityGroups = c.SecurityGroupIds }),
        static p => p.NextToken);

    private static string? Full(Endpoint? endpoint, string tlsScheme, bool? tls) =>
        endpoint is { Address: { Length: > 0 } host, Port: { } port } ? $"{(tls == true ? tlsScheme + "://" : "")}{host}:{port}" : null;
}
