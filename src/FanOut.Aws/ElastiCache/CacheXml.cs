using System.Xml.Linq;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.ElastiCache;

/// <summary>Reads caches from XML.</summary>
internal static class CacheXml
{
    // <CacheClusters><CacheCluster>…<CacheNodes><CacheNode>…</CacheNode></CacheNodes></CacheCluster></CacheClusters><Marker>…</Marker>
    public static void Read(XElement xml, DescribeCacheClustersResponse response)
    {
        response.CacheClusters = xml.Each("CacheClusters", static cluster => new CacheCluster
        {
            CacheClusterId = cluster.Text("CacheClusterId"),
            ARN = cluster.Text("ARN"),
            CacheClusterStatus = cluster.Text("CacheClusterStatus"),
            Engine = cluster.Text("Engine"),
            ReplicationGroupId = cluster.Text("ReplicationGroupId"),
            ConfigurationEndpoint = cluster.Structure("ConfigurationEndpoint", ReadEndpoint),
            CacheNodes = cluster.Each("CacheNodes", static node => new CacheNode
            {
                CacheNodeId = node.Text("CacheNodeId"),
                CacheNodeStatus = node.Text("CacheNodeStatus"),
                Endpoint = node.Structure("Endpoint", ReadEndpoint),
            }),
            TransitEncryptionEnabled = cluster.Truth("TransitEncryptionEnabled"),
            SecurityGroupIds = cluster.Each("SecurityGroups", static group => group.Text("SecurityGroupId") ?? ""),
        });
        response.Marker = xml.Token("Marker");
    }

    // <ReplicationGroups><ReplicationGroup>…<NodeGroups><NodeGroup>…</NodeGroup></NodeGroups></ReplicationGroup></ReplicationGroups><Marker>…</Marker>
    public static void Read(XElement xml, DescribeReplicationGroupsResponse response)
    {
        response.ReplicationGroups = xml.Each("ReplicationGroups", static group => new ReplicationGroup
        {
            ReplicationGroupId = group.Text("ReplicationGroupId"),
            ARN = group.Text("ARN"),
            Status = group.Text("Status"),
            Engine = group.Text("Engine"),
            ClusterEnabled = group.Truth("ClusterEnabled"),
            ConfigurationEndpoint = group.Structure("ConfigurationEndpoint", ReadEndpoint),
            NodeGroups = group.Each("NodeGroups", static shard => new NodeGroup
            {
                NodeGroupId = shard.Text("NodeGroupId"),
                Status = shard.Text("Status"),
                PrimaryEndpoint = shard.Structure("PrimaryEndpoint", ReadEndpoint),
            }),
            TransitEncryptionEnabled = group.Truth("TransitEncryptionEnabled"),
            MemberClusters = group.Each("MemberClusters", static member => member.Value),
        });
        response.Marker = xml.Token("Marker");
    }

    // <ServerlessCaches><member>…</member></ServerlessCaches><NextToken>…</NextToken>
    public static void Read(XElement xml, DescribeServerlessCachesResponse response)
    {
        response.ServerlessCaches = xml.Each("ServerlessCaches", static cache => new ServerlessCache
        {
            ServerlessCacheName = cache.Text("ServerlessCacheName"),
            ARN = cache.Text("ARN"),
            Status = cache.Text("Status"),
            Engine = cache.Text("Engine"),
            Endpoint = cache.Structure("Endpoint", ReadEndpoint),
            SecurityGroupIds = cache.Each("SecurityGroupIds", static id => id.Value),
        });
        response.NextToken = xml.Token("NextToken");
    }

    private static Endpoint ReadEndpoint(XElement xml) => new() { Address = xml.Text("Address"), Port = xml.Number("Port") };
}
