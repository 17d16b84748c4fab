using System.Net;
using FanOut.Aws.ElastiCache;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class ElastiCacheTests(MotoServer moto)
{
    private const string Version = "2015-02-02";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cluster_is_found_with_its_nodes()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await api.QueryAsync(
            "elasticache", Version, "CreateCacheCluster",
            ("CacheClusterId", "found"), ("Engine", "memcached"), ("NumCacheNodes", "2"), ("CacheNodeType", "cache.t3.micro"));
        using AmazonElastiCacheClient client = Client(endpoint);

        DescribeCacheClustersResponse response = await client.DescribeCacheClustersAsync(
            new() { CacheClusterId = "found", ShowCacheNodeInfo = true }, Cancellation);

        CacheCluster cluster = Assert.Single(response.CacheClusters!);
        Assert.Equal(
            ("found", "memcached", $"arn:aws:elasticache:{Emulated.Region}:{Emulated.Account}:cluster:found"),
            (cluster.CacheClusterId, cluster.Engine, cluster.ARN));
        Assert.NotEmpty(cluster.CacheClusterStatus!);
    }

    [Fact]
    public async Task Clusters_are_listed_page_by_page()
    {
        // An account of its own: a page has at least 20 clusters.
        await using MotoServer running = new();
        Uri endpoint = (await running.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        string[] ids = [.. Enumerable.Range(0, 21).Select(i => $"c{i:D2}")];
        foreach (string id in ids)
        {
            await api.QueryAsync(
                "elasticache", Version, "CreateCacheCluster", ("CacheClusterId", id), ("Engine", "memcached"), ("CacheNodeType", "cache.t3.micro"));
        }

        using AmazonElastiCacheClient client = Client(endpoint);
        DescribeCacheClustersResponse first = await client.DescribeCacheClustersAsync(new() { MaxRecords = 20 }, Cancellation);
        DescribeCacheClustersResponse second = await client.DescribeCacheClustersAsync(new() { MaxRecords = 20, Marker = first.Marker }, Cancellation);

        Assert.Equal((20, 1), (first.CacheClusters!.Count, second.CacheClusters!.Count));
        Assert.Null(second.Marker);
        Assert.Equal(ids, first.CacheClusters.Concat(second.CacheClusters).Select(cluster => cluster.CacheClusterId!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("group-plain", "1", false)]
    [InlineData("group-cluster", "2", true)]
    public async Task A_replication_group_is_found_with_its_endpoints(string id, string shards, bool clustered)
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await api.QueryAsync(
            "elasticache", Version, "CreateReplicationGroup",
            [
                ("ReplicationGroupId", id), ("ReplicationGroupDescription", "d"), ("Engine", "redis"), ("CacheNodeType", "cache.t3.micro"),
                ("TransitEncryptionEnabled", "true"), ("NumNodeGroups", shards), ("ReplicasPerNodeGroup", "1"), ("AutomaticFailoverEnabled", "true"),
                .. clustered ? new[] { ("ClusterMode", "enabled"), ("CacheParameterGroupName", "default.redis7.cluster.on") } : [],
            ]);
        using AmazonElastiCacheClient client = Client(endpoint);

        ReplicationGroup group = Assert.Single(
            (await client.DescribeReplicationGroupsAsync(new() { ReplicationGroupId = id }, Cancellation)).ReplicationGroups!);

        Assert.Equal((id, (bool?)clustered, (bool?)true), (group.ReplicationGroupId, group.ClusterEnabled, group.TransitEncryptionEnabled));
        Assert.Equal($"arn:aws:elasticache:{Emulated.Region}:{Emulated.Account}:replicationgroup:{id}", group.ARN);
        Assert.Equal(int.Parse(shards, System.Globalization.CultureInfo.InvariantCulture), group.NodeGroups!.Count);
        Endpoint? where = clustered ? group.ConfigurationEndpoint : group.NodeGroups[0].PrimaryEndpoint;
        Assert.Contains(id, where!.Address, StringComparison.Ordinal);
        Assert.Equal(6379, where.Port);
    }

    [Fact]
    public async Task A_cluster_that_does_not_exist_is_named_in_a_typed_refusal()
    {
        using AmazonElastiCacheClient client = Client((await moto.StartAsync()).Endpoint);

        AmazonElastiCacheException refusal = await Assert.ThrowsAsync<AmazonElastiCacheException>(
            () => client.DescribeCacheClustersAsync(new() { CacheClusterId = "absent" }, Cancellation));

        Assert.Equal((HttpStatusCode.NotFound, "CacheClusterNotFound"), (refusal.StatusCode, refusal.ErrorCode));
        Assert.Contains("absent", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.RequestId);
    }

    private static AmazonElastiCacheClient Client(Uri endpoint) => new(Emulated.Credentials, Emulated.Config(AmazonElastiCacheClient.Service, endpoint));
}
