using System.Text.Json;
using Amazon;
using Amazon.Runtime;
using FanOut.Aws.Protocols;

namespace FanOut.Aws.OpenSearchService;

/// <summary>Amazon OpenSearch Service's control plane; for documents see <see cref="OpenSearch.OpenSearchClient"/>.</summary>
public sealed class AmazonOpenSearchServiceClient : AwsClient
{
    /// <summary>A client for a region.</summary>
    /// <param name="credentials">The credentials to sign with; null: those of the SDK's default chain.</param>
    /// <param name="config">Region and endpoint, made with <see cref="Service"/>.</param>
    public AmazonOpenSearchServiceClient(AWSCredentials? credentials, AwsClientConfig config)
        : base(credentials, Service, config)
    {
    }

    /// <summary>The service's names.</summary>
    public static AwsService Service { get; } = new("OpenSearch", "es", "es", "2021-01-01")
    {
        Exception = static (region, variant) => variant is { Fips: false, DualStack: true } && RegionEndpoint.GetBySystemName(region).PartitionName is "aws" or "aws-cn" or "aws-us-gov"
            ? $"aos.{region}.{ServiceHost.SuffixOf(Service!, region, variant)}" : null,
    };

    /// <summary>A domain, of OpenSearch or of Elasticsearch.</summary>
    /// <exception cref="AmazonOpenSearchServiceException">The service refused the call; <c>ResourceNotFoundException</c>: there is no such domain.</exception>
    public Task<DescribeDomainResponse> DescribeDomainAsync(DescribeDomainRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("DescribeDomain")
        {
            Method = "GET",
            Path = "/2021-01-01/opensearch/domain/{DomainName}",
            PathParameter = new("{DomainName}", request.DomainName),
        };
        return SendAsync(wire, AwsJson.Answers<DescribeDomainResponse>(ReadDomain, AmazonOpenSearchServiceException.Of), cancellationToken);
    }

    /// <summary>The region's domains.</summary>
    /// <exception cref="AmazonOpenSearchServiceException">The service refused the call.</exception>
    public Task<ListDomainNamesResponse> ListDomainNamesAsync(ListDomainNamesRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new WireRequest("ListDomainNames")
        {
            Method = "GET",
            Path = "/2021-01-01/domain",
            Query = WireRequest.Parameters(("engineType", request.EngineType)),
        };
        return SendAsync(wire, AwsJson.Answers<ListDomainNamesResponse>(ReadNames, AmazonOpenSearchServiceException.Of), cancellationToken);
    }

    private static void ReadDomain(JsonElement json, DescribeDomainResponse response) =>
        response.DomainStatus = json.Structure("DomainStatus", static domain => new DomainStatus
        {
            DomainName = domain.Text("DomainName"),
            ARN = domain.Text("ARN"),
            Endpoint = domain.Text("Endpoint"),
            Endpoints = domain.Map("Endpoints"),
            EngineVersion = domain.Text("EngineVersion"),
            Processing = domain.Truth("Processing"),
            Deleted = domain.Truth("Deleted"),
            AdvancedOptions = domain.Map("AdvancedOptions"),
            AccessPolicies = domain.Text("AccessPolicies"),
            ClusterConfig = domain.Structure("ClusterConfig", static cluster => new ClusterConfig { InstanceType = cluster.Text("InstanceType") }),
        });

    private static void ReadNames(JsonElement json, ListDomainNamesResponse response) =>
        response.DomainNames = json.Each(
            "DomainNames", static domain => new DomainInfo { DomainName = domain.Text("DomainName"), EngineType = domain.Text("EngineType") });
}
