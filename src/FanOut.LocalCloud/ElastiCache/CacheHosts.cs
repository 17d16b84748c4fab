using System.Globalization;
using System.Text;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.ElastiCache;

/// <summary>The host names that ElastiCache gives (https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html).</summary>
/// <param name="id">The cluster's, replication group's or serverless cache's id.</param>
/// <param name="region">Its region.</param>
/// <param name="accountId">Its account.</param>
internal sealed class CacheHosts(string id, string region, string accountId)
{
    private const int RedisPort = 6379;

    // One per account and region, as in AWS.
    private readonly string _customer = Checksum.Md5Hex(Encoding.UTF8.GetBytes($"{accountId}/{region}"))[..6];
    private readonly string _zone = $"{ShortRegion(region)}.cache.{DnsSuffix.Of(region)}";

    public static int PortOf(string engine) => engine == "memcached" ? 11211 : RedisPort;

    /// <summary>A node of a cluster that is in no replication group, counted from 1.</summary>
    public CacheEndpoint Node(int number, string engine) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{id}.{_customer}.{number:D4}.{_zone}"), PortOf(engine));

    /// <summary>The configuration endpoint of a Memcached cluster, where clients get the list of nodes.</summary>
    public CacheEndpoint MemcachedConfiguration => new($"{id}.{_customer}.cfg.{_zone}", PortOf("memcached"));

    public CacheEndpoint RedisConfiguration(bool tls) =>
        new(tls ? $"clustercfg.{id}.{_customer}.{_zone}" : $"{id}.{_customer}.clustercfg.{_zone}", RedisPort);

    public CacheEndpoint Primary(bool tls) => new(tls ? $"master.{id}.{_customer}.{_zone}" : $"{id}.{_customer}.ng.0001.{_zone}", RedisPort);

    public CacheEndpoint Reader(bool tls) => new(tls ? $"replica.{id}.{_customer}.{_zone}" : $"{id}-ro.{_customer}.ng.0001.{_zone}", RedisPort);

    /// <summary>A node of a replication group.</summary>
    public CacheEndpoint Member(string clusterId, string nodeGroup, bool tls) => new(
        tls ? $"{clusterId}.{id}.{_customer}.{_zone}" : $"{clusterId}.{_customer}.{nodeGroup}.{_zone}", RedisPort);

    public CacheEndpoint Serverless(string engine, bool reader) =>
        new($"{id}-{_customer}.serverless.{_zone}", PortOf(engine) + (reader ? 1 : 0));

    // eu-central-1 is euc1, ap-southeast-2 is apse2, us-gov-west-1 is usgw1.
    private static string ShortRegion(string region)
    {
        string[] parts = region.Split('-');
        return parts[0] + string.Concat(parts[1..].Select(part => part switch
        {
            "northeast" => "ne",
            "northwest" => "nw",
            "southeast" => "se",
            "southwest" => "sw",
            _ when char.IsAsciiDigit(part[0]) => part,
            _ => part[..1],
        }));
    }
}
