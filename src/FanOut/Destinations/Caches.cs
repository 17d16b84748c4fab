using FanOut.Aws.ElastiCache;
using FanOut.Credentials;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Describes caches of ElastiCache by their names; null: there is none of that name.</summary>
internal sealed class Caches(AwsSession session, CancellationToken cancellationToken)
{
    private readonly AmazonElastiCacheClient _client = session.Client(AmazonElastiCacheClient.Service, (c, s) => new AmazonElastiCacheClient(c, s));

    /// <summary>A cluster with its nodes.</summary>
    public Task<CacheCluster?> ClusterAsync(string name) => OrNoneAsync("CacheClusterNotFound", async () =>
        (await _client.DescribeCacheClustersAsync(new DescribeCacheClustersRequest { CacheClusterId = name, ShowCacheNodeInfo = true }, cancellationToken)
            .ConfigureAwait(false)).CacheClusters?.FirstOrDefault());

    /// <summary>A replication group.</summary>
    public Task<ReplicationGroup?> ReplicationGroupAsync(string name) => OrNoneAsync("ReplicationGroupNotFoundFault", async () =>
        (await _client.DescribeReplicationGroupsAsync(new DescribeReplicationGroupsRequest { ReplicationGroupId = name }, cancellationToken)
            .ConfigureAwait(false)).ReplicationGroups?.FirstOrDefault());

    /// <summary>A serverless cache.</summary>
    public Task<ServerlessCache?> ServerlessAsync(string name) => OrNoneAsync("ServerlessCacheNotFoundFault", async () =>
        (await _client.DescribeServerlessCachesAsync(new DescribeServerlessCachesRequest { ServerlessCacheName = name }, cancellationToken)
            .ConfigureAwait(false)).ServerlessCaches?.FirstOrDefault());

    /// <summary><c>host:port</c>, with a scheme if the connection must be encrypted.</summary>
    /// <exception cref="FanOutException">DestinationNotReady: the cache exists, but has no endpoint yet.</exception>
    public FoundDestination At(string name, string? status, Endpoint? endpoint, string tlsScheme, bool? tls) =>
        endpoint is { Address: { Length: > 0 } host, Port: { } port }
            ? new FoundDestination($"{(tls == true ? tlsScheme + "://" : "")}{host}:{port}")
            : throw FanOutError.DestinationNotReady("cache", name, status, session.Region);

    private static async Task<T?> OrNoneAsync<T>(string code, Func<Task<T?>> describe)
        where T : class
    {
        try
        {
            return await describe().ConfigureAwait(false);
        }
        catch (AmazonElastiCacheException e) when (e.ErrorCode == code)
        {
            return null;
        }
    }
}
