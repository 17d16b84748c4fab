using FanOut.Credentials;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds a Redis or Valkey replication group, cluster or serverless cache of ElastiCache by its name.</summary>
internal static class FindRedis
{
    private const string Scheme = "rediss";

    /// <summary>The endpoint to write to: the configuration endpoint of a cluster, else that of the primary node, else that of the single node.</summary>
    public static async Task<FoundDestination> ByNameAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        var caches = new Caches(session, cancellationToken);
        if (await caches.ReplicationGroupAsync(name).ConfigureAwait(false) is { } group)
        {
            return caches.At(
                name, group.Status, group.ConfigurationEndpoint ?? group.NodeGroups?.FirstOrDefault()?.PrimaryEndpoint, Scheme, group.TransitEncryptionEnabled);
        }

        if (await caches.ClusterAsync(name).ConfigureAwait(false) is { Engine: "redis" or "valkey" } cluster)
        {
            return caches.At(name, cluster.CacheClusterStatus, cluster.CacheNodes?.FirstOrDefault()?.Endpoint, Scheme, cluster.TransitEncryptionEnabled);
        }

        return await caches.ServerlessAsync(name).ConfigureAwait(false) is { Engine: "redis" or "valkey" } serverless
            ? caches.At(name, serverless.Status, serverless.Endpoint, Scheme, tls: true)
            : throw FanOutError.DestinationNotFound(
                "Redis or Valkey replication group, cluster or serverless cache", name, session.Region, session.Identity, "Give host:port to register it without a look-up.");
    }
}
