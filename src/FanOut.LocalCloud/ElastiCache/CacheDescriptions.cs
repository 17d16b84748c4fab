using System.Globalization;
using System.Xml;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.ElastiCache;

/// <summary>The operations that describe caches: one by its id, or all of the caller's account and region, page by page.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_Operations.html</remarks>
internal sealed class CacheDescriptions(ElastiCacheService caches)
{
    private const string Namespace = "http://elasticache.amazonaws.com/doc/2015-02-02/";

    public HttpResponse Clusters(ServiceCall call)
    {
        bool withNodes = Flag(call, "ShowCacheNodeInfo");
        bool alone = Flag(call, "ShowCacheClustersNotInReplicationGroups");
        Page<ElastiCacheCluster> page = Find(
            call,
            caches.Clusters.Where(cluster => !alone || cluster.ReplicationGroupId is null),
            cluster => cluster.Arn,
            "CacheClusterId",
            name => new ServiceException("CacheClusterNotFound", $"CacheCluster not found: {name}", 404));
        return Answer(call, page, "Marker", "CacheClusters", "CacheCluster", (xml, cluster) => ElastiCacheXml.Write(xml, cluster, withNodes));
    }

    public HttpResponse ReplicationGroups(ServiceCall call)
    {
        Page<ElastiCacheReplicationGroup> page = Find(
            call,
            caches.ReplicationGroups,
            group => group.Arn,
            "ReplicationGroupId",
            name => new ServiceException("ReplicationGroupNotFoundFault", $"ReplicationGroup {name} not found.", 404));
        return Answer(call, page, "Marker", "ReplicationGroups", "ReplicationGroup", ElastiCacheXml.Write);
    }

    public HttpResponse ServerlessCaches(ServiceCall call)
    {
        Page<ElastiCacheServerlessCache> page = Find(
            call,
            caches.ServerlessCaches,
            cache => cache.Arn,
            "ServerlessCacheName",
            name => new ServiceException("ServerlessCacheNotFoundFault", $"Serverless cache {name} not found.", 404),
            limit: "MaxResults",
            marker: "NextToken",
            (1, 50, 50));
        return Answer(call, page, "NextToken", "ServerlessCaches", "member", ElastiCacheXml.Write);
    }

    private static Page<T> Find<T>(
        ServiceCall call,
        IEnumerable<T> all,
        Func<T, string> arnOf,
        string id,
        Func<string, ServiceException> notFound,
        string limit = "MaxRecords",
        string marker = "Marker",
        (int Least, int Most, int Default)? bounds = null)
    {
        if (call.Form.Text(id) is { } name)
        {
            return new([all.FirstOrDefault(item => arnOf(item) == call.Destination) ?? throw notFound(name)], null);
        }

        int most = Limit(call, limit, bounds ?? (20, 100, 100));
        string after = call.Form.Text(marker) ?? "";
        T[] rest =
        [
            .. all
                .Where(item => ArnText.Part(arnOf(item), 3) == call.Region && ArnText.Part(arnOf(item), 4) == call.AccountId)
                .Where(item => string.CompareOrdinal(arnOf(item), after) > 0)
                .OrderBy(arnOf, StringComparer.Ordinal),
        ];
        return new(rest[..Math.Min(most, rest.Length)], rest.Length > most ? arnOf(rest[most - 1]) : null);
    }

    private static int Limit(ServiceCall call, string parameter, (int Least, int Most, int Default) bounds)
    {
        string? text = call.Form.Text(parameter);
        return text is null ? bounds.Default
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= bounds.Least && number <= bounds.Most ? number
            : throw new ServiceException("InvalidParameterValue", $"Invalid value '{text}' for {parameter}: must be between {bounds.Least} and {bounds.Most}");
    }

    private static bool Flag(ServiceCall call, string name) => call.Form.Text(name) == "true";

    private static HttpResponse Answer<T>(ServiceCall call, Page<T> page, string marker, string list, string member, Action<XmlWriter, T> write) =>
        XmlAnswer.Of(call, Namespace, xml =>
        {
            xml.WriteStartElement(list);
            foreach (T item in page.Items)
            {
                xml.WriteStartElement(member);
                write(xml, item);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            if (page.Next is not null)
            {
                xml.WriteElementString(marker, page.Next);
            }
        });

    private sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
}
