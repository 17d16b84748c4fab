namespace FanOut.LocalCloud.ElastiCache;

/// <summary>A shard of a replication group: a primary node and its replicas.</summary>
/// <param name="Id">The id, <c>0001</c> and on.</param>
/// <param name="Slots">The hash slots, for example <c>0-16383</c>; null without cluster mode.</param>
/// <param name="Members">The nodes as cache clusters, the primary first.</param>
public sealed record ElastiCacheNodeGroup(string Id, string? Slots, IReadOnlyList<ElastiCacheCluster> Members);
