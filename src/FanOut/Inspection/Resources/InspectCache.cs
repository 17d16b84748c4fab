using FanOut.Credentials;
using FanOut.Destinations;
using FanOut.Engine.Mappings;

namespace FanOut.Inspection.Resources;

/// <summary>Looks for a cache of ElastiCache by its host.</summary>
internal static class InspectCache
{
    private static readonly string[] Working = ["available", "modifying", "snapshotting"];

    /// <summary>What is known of it; like <see cref="InspectQueue.OfAsync"/>.</summary>
    public static async Task<ResourceFacts> OfAsync(Viewer viewer, string check, CacheDestination cache, TargetType type, Func<string, string> narrow, CancellationToken cancellationToken)
    {
        if (!cache.Host.Contains(".cache.", StringComparison.OrdinalIgnoreCase))
        {
            return new ResourceFacts(Finding.Skipped(check, $"{cache.Host} is no host of ElastiCache's: whether it is there was not looked at."));
        }

        Seen<List<ListedDestination>> seen = await Look.AtAsync(viewer.Session, () => ListAsync(viewer.Session, type, cancellationToken)!).ConfigureAwait(false);
        if (seen.Value is not { } all)
        {
            return new ResourceFacts(seen.NotSeen(
                check, $"Whether the cache {cache.Host} is there", "elasticache:DescribeCacheClusters, elasticache:DescribeReplicationGroups and elasticache:DescribeServerlessCaches"));
        }

        ListedDestination? found = all.Find(c => c.Full is { } full && HostOf(full).Equals($"{cache.Host}:{cache.Port}", StringComparison.OrdinalIgnoreCase));
        if (found is null)
        {
            // An endpoint of one node, or one for readers, is not listed.
            return new ResourceFacts(Finding.Warn(
                check,
                $"No cache of ElastiCache in {viewer.Session.Region} has the endpoint {cache.Host}:{cache.Port}.{(all.Count == 0 ? "" : $" There are {string.Join(", ", all.Select(static c => c.Full).OfType<string>().Take(5))}.")}",
                "Give the configuration endpoint, or the primary endpoint, of a cache as -Destination."));
        }

        bool hasTls = found.Full!.Contains("s://", StringComparison.Ordinal);
        Seen<IReadOnlyList<string>> groups = await Look.AtAsync(
            viewer.Session, async () => (IReadOnlyList<string>?)await new ListCaches(viewer.Session, cancellationToken).SecurityGroupsAsync(found).ConfigureAwait(false)).ConfigureAwait(false);
        string state = found.Note[(found.Note.LastIndexOf(' ') + 1)..];
        return new ResourceFacts(
            !Working.Contains(state.ToLowerInvariant()) ? Finding.Fail(check, $"The cache {found.Name} is {state}.", $"aws elasticache describe-cache-clusters --region {viewer.Session.Region}")
            : hasTls != cache.Tls ? Finding.Fail(
                check, $"The cache {found.Name} is called {(hasTls ? "with" : "without")} TLS, and the destination says {(cache.Tls ? "with" : "without")}.", cache.Password is null ? narrow($"'{found.Full}'") : $"Give a -Destination that begins with {(hasTls ? "rediss" : "redis")}://.")
            : Finding.Pass(check, $"The cache {found.Name} is {state}: {found.Note}, {(hasTls ? "with" : "without")} TLS."))
        {
            SecurityGroups = groups.Value ?? [],
        };
    }

    private static async Task<List<ListedDestination>> ListAsync(AwsSession session, TargetType type, CancellationToken cancellationToken)
    {
        var caches = new ListCaches(session, cancellationToken);
        List<ListedDestination> all = [];
        foreach (IAsyncEnumerable<ListedDestination> some in type == TargetType.Memcached ? caches.Memcached() : caches.Redis())
        {
            await foreach (ListedDestination one in some.ConfigureAwait(false))
            {
                all.Add(one);
            }
        }

        return all;
    }

    private static string HostOf(string full) => full[(full.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..];
}
