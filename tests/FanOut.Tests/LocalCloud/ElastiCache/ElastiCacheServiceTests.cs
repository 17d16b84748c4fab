using System.Globalization;
using System.Xml.Linq;
using FanOut.LocalCloud.ElastiCache;

namespace FanOut.Tests.LocalCloud.ElastiCache;

public sealed class ElastiCacheServiceTests : CloudTests
{
    [Fact]
    public async Task A_Memcached_cluster_tells_its_configuration_endpoint_and_its_nodes_only_when_asked()
    {
        ElastiCacheCluster cluster = Cloud.ElastiCache.CreateMemcachedCluster("Sessions", nodes: 2, transitEncryption: true);

        Answer brief = await Call("DescribeCacheClusters", ("CacheClusterId", "sessions"));
        Answer full = await Call("DescribeCacheClusters", ("CacheClusterId", "SESSIONS"), ("ShowCacheNodeInfo", "true"));

        Assert.Matches("^sessions\\.[0-9a-f]{6}\\.cfg\\.use1\\.cache\\.amazonaws\\.com$", Single(brief, "ConfigurationEndpoint", "Address"));
        Assert.Equal(("11211", "memcached", "true", "2", "available"),
            (Single(brief, "ConfigurationEndpoint", "Port"), brief.Xml("Engine"), brief.Xml("TransitEncryptionEnabled"), brief.Xml("NumCacheNodes"), brief.Xml("CacheClusterStatus")));
        Assert.Equal("arn:aws:elasticache:us-east-1:123456789012:cluster:sessions", brief.Xml("ARN"));
        Assert.Null(brief.Xml("CacheNodes"));
        Assert.Equal(cluster.Nodes.Select(node => node.Address), All(full, "CacheNode").Select(node => Descendant(node, "Address")));
        Assert.Equal(["0001", "0002"], All(full, "CacheNode").Select(node => Descendant(node, "CacheNodeId")));
    }

    [Theory]
    [InlineData(false, "g.{0}.ng.0001.use1.cache.amazonaws.com", "g-ro.{0}.ng.0001.use1.cache.amazonaws.com")]
    [InlineData(true, "master.g.{0}.use1.cache.amazonaws.com", "replica.g.{0}.use1.cache.amazonaws.com")]
    public async Task A_replication_group_without_cluster_mode_has_a_primary(bool tls, string primary, string reader)
    {
        Cloud.ElastiCache.CreateReplicationGroup("g", replicas: 2, transitEncryption: tls);
        string customer = Cloud.ElastiCache.CreateMemcachedCluster("m").ConfigurationEndpoint!.Address.Split('.')[1];

        Answer answer = await Call("DescribeReplicationGroups", ("ReplicationGroupId", "g"));

        Assert.Equal((Filled(primary), Filled(reader)), (Single(answer, "PrimaryEndpoint", "Address"), Single(answer, "ReaderEndpoint", "Address")));
        Assert.Equal(("false", "disabled", tls ? "true" : "false"), (answer.Xml("ClusterEnabled"), answer.Xml("ClusterMode"), answer.Xml("TransitEncryptionEnabled")));
        Assert.Null(answer.Xml("ConfigurationEndpoint"));
        Assert.Equal(["g-001", "g-002", "g-003"], All(answer, "ClusterId").Select(id => id.Value));
        Assert.Equal(["primary", "replica", "replica"], All(answer, "CurrentRole").Select(role => role.Value));

        string Filled(string host) => string.Format(CultureInfo.InvariantCulture, host, customer);
    }

    [Theory]
    [InlineData(false, "^g\\.[0-9a-f]{6}\\.clustercfg\\.use1\\.cache\\.amazonaws\\.com$")]
    [InlineData(true, "^clustercfg\\.g\\.[0-9a-f]{6}\\.use1\\.cache\\.amazonaws\\.com$")]
    public async Task A_replication_group_with_cluster_mode_has_a_configuration_endpoint(bool tls, string host)
    {
        Cloud.ElastiCache.CreateReplicationGroup("g", shards: 3, replicas: 1, transitEncryption: tls);

        Answer answer = await Call("DescribeReplicationGroups");

        Assert.Matches(host, Single(answer, "ConfigurationEndpoint", "Address"));
        Assert.Equal(("true", "enabled"), (answer.Xml("ClusterEnabled"), answer.Xml("ClusterMode")));
        Assert.Null(answer.Xml("PrimaryEndpoint"));
        Assert.Equal(["0-5460", "5461-10921", "10922-16383"], All(answer, "Slots").Select(slots => slots.Value));
        Assert.Equal(["g-0001-001", "g-0001-002", "g-0002-001", "g-0002-002", "g-0003-001", "g-0003-002"], All(answer, "ClusterId").Select(id => id.Value));
    }

    [Fact]
    public async Task The_nodes_of_a_replication_group_are_clusters_too()
    {
        Cloud.ElastiCache.CreateReplicationGroup("g", replicas: 1);
        Cloud.ElastiCache.CreateCluster("single", at: new CacheEndpoint("127.0.0.1", 6399));

        Answer all = await Call("DescribeCacheClusters");
        Answer alone = await Call("DescribeCacheClusters", ("ShowCacheClustersNotInReplicationGroups", "true"), ("ShowCacheNodeInfo", "true"));

        Assert.Equal(["g-001", "g-002", "single"], All(all, "CacheClusterId").Select(id => id.Value));
        Assert.Equal(["g", "g"], All(all, "ReplicationGroupId").Select(id => id.Value));
        Assert.Equal(["single"], All(alone, "CacheClusterId").Select(id => id.Value));
        Assert.Equal(("127.0.0.1", "6399"), (Single(alone, "Endpoint", "Address"), Single(alone, "Endpoint", "Port")));
    }

    [Fact]
    public async Task A_serverless_cache_has_an_endpoint_and_one_to_read_from()
    {
        Cloud.ElastiCache.CreateServerlessCache("s");

        Answer answer = await Call("DescribeServerlessCaches", ("ServerlessCacheName", "s"));

        Assert.Matches("^s-[0-9a-f]{6}\\.serverless\\.use1\\.cache\\.amazonaws\\.com$", Single(answer, "Endpoint", "Address"));
        Assert.Equal(("6379", "6380", "valkey"), (Single(answer, "Endpoint", "Port"), Single(answer, "ReaderEndpoint", "Port"), answer.Xml("Engine")));
    }

    [Theory]
    [InlineData("DescribeCacheClusters", "CacheClusterId", "CacheClusterNotFound")]
    [InlineData("DescribeReplicationGroups", "ReplicationGroupId", "ReplicationGroupNotFoundFault")]
    [InlineData("DescribeServerlessCaches", "ServerlessCacheName", "ServerlessCacheNotFoundFault")]
    public async Task What_is_not_there_is_told_by_each_ones_error(string operation, string parameter, string error)
    {
        Cloud.ElastiCache.CreateMemcachedCluster("elsewhere", region: "eu-west-1");

        Answer answer = await Call(operation, (parameter, "elsewhere"));

        Assert.Equal((404, error, "Sender"), (answer.Status, answer.Error, answer.Xml("Type")));
    }

    [Fact]
    public async Task Caches_are_listed_page_by_page()
    {
        foreach (int number in Enumerable.Range(0, 21))
        {
            Cloud.ElastiCache.CreateMemcachedCluster($"m{number:D2}");
        }

        Answer first = await Call("DescribeCacheClusters", ("MaxRecords", "20"));
        Answer rest = await Call("DescribeCacheClusters", ("MaxRecords", "20"), ("Marker", first.Xml("Marker")!));

        Assert.Equal(20, All(first, "CacheClusterId").Count());
        Assert.Equal(["m20"], All(rest, "CacheClusterId").Select(id => id.Value));
        Assert.Null(rest.Xml("Marker"));
        Assert.Equal((400, "InvalidParameterValue"), ((await Call("DescribeCacheClusters", ("MaxRecords", "19"))).Status, (await Call("DescribeCacheClusters", ("MaxRecords", "101"))).Error));
    }

    [Theory]
    [InlineData("eu-central-1", "euc1.cache.amazonaws.com")]
    [InlineData("ap-southeast-2", "apse2.cache.amazonaws.com")]
    [InlineData("us-gov-west-1", "usgw1.cache.amazonaws.com")]
    [InlineData("cn-northwest-1", "cnnw1.cache.amazonaws.com.cn")]
    public void Hosts_end_as_their_region_has_it(string region, string end) =>
        Assert.EndsWith(end, Cloud.ElastiCache.CreateMemcachedCluster("m", region: region).ConfigurationEndpoint!.Address, StringComparison.Ordinal);

    private Task<Answer> Call(string action, params (string Name, string Value)[] parameters) => Aws.QueryAsync("elasticache", [("Action", action), .. parameters]);

    private static IEnumerable<XElement> All(Answer answer, string name) =>
        XDocument.Parse(answer.Text).Descendants().Where(element => element.Name.LocalName == name);

    private static string Single(Answer answer, string parent, string name) => Descendant(Assert.Single(All(answer, parent)), name);

    private static string Descendant(XElement parent, string name) => parent.Descendants().Single(element => element.Name.LocalName == name).Value;
}
