using FanOut.Aws.ElastiCache;
using FanOut.Credentials;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds a Redis or Valkey replication group, cluster or serverless cache of ElastiCache by its name.</summary>
internal static class FindRedis
{
    private const string Scheme = "rediss";

    /// <summary>The endpoint to write to: that of the cluster's configuration, else the primary's, else the single node's.</summary>
    public static async Task<FoundDestination> ByNameAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        var caches = new Caches(session, cancellationToken);
        string? address = await GroupAsync(caches, name).ConfigureAwait(false)
            ?? await ClusterAsync(caches, name).ConfigureAwait(false)
            ?? (await caches.ServerlessAsync(name).ConfigureAwait(false) is { Engine: "redis" or "valkey" } serverless
                ? Caches.Address(serverless.Endpoint, Scheme, tls: true)
                : null);
        return address is not null
            ? new FoundDestination(address)
            : throw Failure.DestinationNotFound(
                "Redis or Valkey replication group, cluster or serverless cache", name, session.Region, session.Identity, "Give host:port to register it without a look-up.");
    }

    private static async Task<string?> GroupAsync(Caches caches, string name) =>
        await caches.ReplicationGroupAsync(name).ConfigureAwait(false) is { } group
            ? Caches.Address(group.ConfigurationEndpoint ?? group.NodeGroups?.FirstOrDefault()?.PrimaryEndpoint, Scheme, group.TransitEncryptionEnabled)
            : null;

    private static async Task<string?> ClusterAsync(Caches caches, string name) =>
        await caches.ClusterAsync(name).ConfigureAwait(false) is { Engine: "redis" or "valkey" } cluster
            ? Caches.Address(cluster.CacheNodes?.FirstOrDefault()?.Endpoint, Scheme, cluster.TransitEncryptionEnabled)
            : null;
}
