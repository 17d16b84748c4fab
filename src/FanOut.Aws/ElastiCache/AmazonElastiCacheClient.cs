using System.Globalization;
using System.Xml.Linq;
using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.ElastiCache;

/// <summary>Amazon ElastiCache.</summary>
public sealed class AmazonElastiCacheClient : AwsClient
{
    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonElastiCacheClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("ElastiCache", "elasticache", "elasticache", "2015-02-02") { IsFipsInGovCloud = true };

    /// <summary>A cache cluster, or a page of the region's.</summary>
    /// <exception cref="AmazonElastiCacheException">The service refused the call; <c>CacheClusterNotFound</c>: it does not exist.</exception>
    public Task<DescribeCacheClustersResponse> DescribeCacheClustersAsync(DescribeCacheClustersRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeCacheClustersResponse>(
            "DescribeCacheClusters",
            [
                ("CacheClusterId", request.CacheClusterId),
                ("ShowCacheNodeInfo", request.ShowCacheNodeInfo is { } show ? (show ? "true" : "false") : null),
                ("MaxRecords", request.MaxRecords?.ToString(CultureInfo.InvariantCulture)),
                ("Marker", request.Marker),
            ],
            CacheXml.Read,
            cancellationToken);
    }

    /// <summary>A replication group, or a page of the region's.</summary>
    /// <exception cref="AmazonElastiCacheException">The service refused the call; <c>ReplicationGroupNotFoundFault</c>: it does not exist.</exception>
    public Task<DescribeReplicationGroupsResponse> DescribeReplicationGroupsAsync(DescribeReplicationGroupsRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeReplicationGroupsResponse>(
            "DescribeReplicationGroups",
            [
                ("ReplicationGroupId", request.ReplicationGroupId),
                ("MaxRecords", request.MaxRecords?.ToString(CultureInfo.InvariantCulture)),
                ("Marker", request.Marker),
            ],
            CacheXml.Read,
            cancellationToken);
    }

    /// <summary>A serverless cache, or a page of the region's.</summary>
    /// <exception cref="AmazonElastiCacheException">The service refused the call; <c>ServerlessCacheNotFoundFault</c>: it does not exist.</exception>
    public Task<DescribeServerlessCachesResponse> DescribeServerlessCachesAsync(DescribeServerlessCachesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CallAsync<DescribeServerlessCachesResponse>(
            "DescribeServerlessCaches",
            [
                ("ServerlessCacheName", request.ServerlessCacheName),
                ("MaxResults", request.MaxResults?.ToString(CultureInfo.InvariantCulture)),
                ("NextToken", request.NextToken),
            ],
            CacheXml.Read,
            cancellationToken);
    }

    private async Task<TResponse> CallAsync<TResponse>(
        string operation, (string Name, string? Value)[] parameters, Action<XElement, TResponse> read, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        using RequestBody body = AwsQuery.Body(operation, Service.ApiVersion, parameters);
        return await SendAsync(
            AwsQuery.Request(operation, body), AwsQuery.Answers(operation, read, AmazonElastiCacheException.Of), cancellationToken).ConfigureAwait(false);
    }
}
