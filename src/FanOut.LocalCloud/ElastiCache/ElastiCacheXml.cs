using System.Globalization;
using System.Xml;

namespace FanOut.LocalCloud.ElastiCache;

/// <summary>Writes caches in the XML of the Query protocol.</summary>
internal static class ElastiCacheXml
{
    public static void Write(XmlWriter xml, ElastiCacheCluster cluster, bool withNodes)
    {
        xml.WriteElementString("CacheClusterId", cluster.Id);
        xml.WriteElementString("ARN", cluster.Arn);
        xml.WriteElementString("Engine", cluster.Engine);
        xml.WriteElementString("CacheClusterStatus", cluster.Status);
        xml.WriteElementString("CacheClusterCreateTime", Text(cluster.Created));
        xml.WriteElementString("NumCacheNodes", Text(cluster.Nodes.Count));
        xml.WriteElementString("CacheNodeType", "cache.t4g.micro");
        xml.WriteElementString("TransitEncryptionEnabled", Text(cluster.TransitEncryption));
        Write(xml, "ConfigurationEndpoint", cluster.ConfigurationEndpoint);
        if (cluster.ReplicationGroupId is { } group)
        {
            xml.WriteElementString("ReplicationGroupId", group);
        }

        xml.WriteStartElement("SecurityGroups");
        foreach (string id in cluster.SecurityGroups)
        {
            xml.WriteStartElement("member");
            xml.WriteElementString("SecurityGroupId", id);
            xml.WriteElementString("Status", "active");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();

        if (withNodes)
        {
            WriteNodes(xml, cluster);
        }
    }

    public static void Write(XmlWriter xml, ElastiCacheReplicationGroup group)
    {
        xml.WriteElementString("ReplicationGroupId", group.Id);
        xml.WriteElementString("ARN", group.Arn);
        xml.WriteElementString("Description", "");
        xml.WriteElementString("Engine", group.Engine);
        xml.WriteElementString("Status", group.Status);
        xml.WriteElementString("ReplicationGroupCreateTime", Text(group.Created));
        xml.WriteElementString("ClusterEnabled", Text(group.ClusterMode));
        xml.WriteElementString("ClusterMode", group.ClusterMode ? "enabled" : "disabled");
        xml.WriteElementString("TransitEncryptionEnabled", Text(group.TransitEncryption));
        xml.WriteElementString("AuthTokenEnabled", "false");
        Write(xml, "ConfigurationEndpoint", group.ConfigurationEndpoint);
        xml.WriteStartElement("MemberClusters");
        foreach (ElastiCacheCluster member in group.NodeGroups.SelectMany(nodeGroup => nodeGroup.Members))
        {
            xml.WriteElementString("ClusterId", member.Id);
        }

        xml.WriteEndElement();
        xml.WriteStartElement("NodeGroups");
        foreach (ElastiCacheNodeGroup nodeGroup in group.NodeGroups)
        {
            WriteNodeGroup(xml, group, nodeGroup);
        }

        xml.WriteEndElement();
    }

    public static void Write(XmlWriter xml, ElastiCacheServerlessCache cache)
    {
        xml.WriteElementString("ServerlessCacheName", cache.Name);
        xml.WriteElementString("ARN", cache.Arn);
        xml.WriteElementString("Engine", cache.Engine);
        xml.WriteElementString("Status", cache.Status);
        xml.WriteElementString("CreateTime", Text(cache.Created));
        Write(xml, "Endpoint", cache.Endpoint);
        Write(xml, "ReaderEndpoint", cache.ReaderEndpoint);
        xml.WriteStartElement("SecurityGroupIds");
        foreach (string id in cache.SecurityGroups)
        {
            xml.WriteElementString("SecurityGroupId", id);
        }

        xml.WriteEndElement();
    }

    private static void WriteNodes(XmlWriter xml, ElastiCacheCluster cluster)
    {
        xml.WriteStartElement("CacheNodes");
        for (int node = 0; node < cluster.Nodes.Count; node++)
        {
            xml.WriteStartElement("CacheNode");
            xml.WriteElementString("CacheNodeId", (node + 1).ToString("D4", CultureInfo.InvariantCulture));
            xml.WriteElementString("CacheNodeStatus", cluster.Status);
            Write(xml, "Endpoint", cluster.Nodes[node]);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // Only without cluster mode node groups have endpoints of their own, and members a read endpoint.
    private static void WriteNodeGroup(XmlWriter xml, ElastiCacheReplicationGroup group, ElastiCacheNodeGroup nodeGroup)
    {
        xml.WriteStartElement("NodeGroup");
        xml.WriteElementString("NodeGroupId", nodeGroup.Id);
        xml.WriteElementString("Status", group.Status);
        Write(xml, "PrimaryEndpoint", group.PrimaryEndpoint);
        Write(xml, "ReaderEndpoint", group.ReaderEndpoint);
        if (nodeGroup.Slots is { } slots)
        {
            xml.WriteElementString("Slots", slots);
        }

        xml.WriteStartElement("NodeGroupMembers");
        for (int member = 0; member < nodeGroup.Members.Count; member++)
        {
            xml.WriteStartElement("NodeGroupMember");
            xml.WriteElementString("CacheClusterId", nodeGroup.Members[member].Id);
            xml.WriteElementString("CacheNodeId", "0001");
            if (!group.ClusterMode)
            {
                xml.WriteElementString("CurrentRole", member == 0 ? "primary" : "replica");
                Write(xml, "ReadEndpoint", nodeGroup.Members[member].Nodes[0]);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, string name, CacheEndpoint? endpoint)
    {
        if (endpoint is not null)
        {
            xml.WriteStartElement(name);
            xml.WriteElementString("Address", endpoint.Address);
            xml.WriteElementString("Port", Text(endpoint.Port));
            xml.WriteEndElement();
        }
    }

    private static string Text(bool flag) => flag ? "true" : "false";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
