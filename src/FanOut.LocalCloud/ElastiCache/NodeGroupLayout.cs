using System.Globalization;

namespace FanOut.LocalCloud.ElastiCache;

/// <summary>Names the nodes of a replication group and divides the hash slots among its shards.</summary>
internal static class NodeGroupLayout
{
    private const int Slots = 16384;

    /// <summary>The shards of a group.</summary>
    /// <param name="shards">How many.</param>
    /// <param name="clusterMode">Whether cluster mode is on.</param>
    /// <param name="replicas">How many replicas each has.</param>
    /// <param name="name">The group's name.</param>
    /// <param name="make">Makes a node, given its cluster id and the id of its node group.</param>
    public static IReadOnlyList<ElastiCacheNodeGroup> Of(int shards, bool clusterMode, int replicas, string name, Func<string, string, ElastiCacheCluster> make) =>
    [
        .. Enumerable.Range(0, shards).Select(shard =>
        {
            string id = (shard + 1).ToString("D4", CultureInfo.InvariantCulture);
            string prefix = clusterMode ? $"{name}-{id}" : name;
            return new ElastiCacheNodeGroup(
                id,
                clusterMode ? string.Create(CultureInfo.InvariantCulture, $"{Slots * shard / shards}-{(Slots * (shard + 1) / shards) - 1}") : null,
                [.. Enumerable.Range(1, replicas + 1).Select(member => make(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{member:D3}"), id))]);
        }),
    ];
}
