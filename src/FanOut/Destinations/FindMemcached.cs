using FanOut.Credentials;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds a Memcached cluster or serverless cache of ElastiCache by its name.</summary>
internal static class FindMemcached
{
    private const string Scheme = "memcacheds";

    /// <summary>The configuration endpoint, <c>host:port</c>.</summary>
    public static async Task<FoundDestination> ByNameAsync(AwsSession session, string name, CancellationToken cancellationToken)
    {
        var caches = new Caches(session, cancellationToken);
        if (await caches.ClusterAsync(name).ConfigureAwait(false) is { Engine: "memcached" } cluster)
        {
            return caches.At(name, cluster.CacheClusterStatus, cluster.ConfigurationEndpoint, Scheme, cluster.TransitEncryptionEnabled);
        }

        return await caches.ServerlessAsync(name).ConfigureAwait(false) is { Engine: "memcached" } serverless
            ? caches.At(name, serverless.Status, serverless.Endpoint, Scheme, tls: true)
            : throw FanOutError.DestinationNotFound(
                "Memcached cluster or serverless cache", name, session.Region, session.Identity, "Give host:port to register it without a look-up.");
    }
}
