using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FanOut.Aws.OpenSearchService;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Services;

public sealed class OpenSearchServiceTests(MotoServer moto)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly JsonObject OfOpenSearch = new()
    {
        ["DomainName"] = "search",
        ["EngineVersion"] = "OpenSearch_2.19",
        ["ClusterConfig"] = new JsonObject { ["InstanceType"] = "r6g.large.search", ["InstanceCount"] = 1 },
    };

    private static readonly JsonObject OfElasticsearch = new()
    {
        ["DomainName"] = "elastic",
        ["ElasticsearchVersion"] = "7.10",
        ["ElasticsearchClusterConfig"] = new JsonObject { ["InstanceType"] = "r5.large.elasticsearch", ["InstanceCount"] = 1 },
    };

    [Fact]
    public async Task Domains_of_both_engines_are_described_and_listed()
    {
        Uri endpoint = (await moto.StartAsync()).Endpoint;
        using ServiceApi api = new(endpoint);
        await api.RestAsync(HttpMethod.Post, "es", "/2021-01-01/opensearch/domain", Encoding.UTF8.GetBytes(OfOpenSearch.ToJsonString()));
        await api.RestAsync(HttpMethod.Post, "es", "/2015-01-01/es/domain", Encoding.UTF8.GetBytes(OfElasticsearch.ToJsonString()));
        using AmazonOpenSearchServiceClient client = Client(endpoint);

        DomainStatus search = (await client.DescribeDomainAsync(new() { DomainName = "search" }, Cancellation)).DomainStatus!;
        DomainStatus elastic = (await client.DescribeDomainAsync(new() { DomainName = "elastic" }, Cancellation)).DomainStatus!;

        Assert.Equal(
            ("search", $"arn:aws:es:{Emulated.Region}:{Emulated.Account}:domain/search", "OpenSearch_2.19", "r6g.large.search"),
            (search.DomainName, search.ARN, search.EngineVersion, search.ClusterConfig?.InstanceType));
        Assert.Contains("search", search.Endpoint, StringComparison.Ordinal);
        Assert.Equal(((bool?)false, (bool?)false), (search.Deleted, search.Processing));
        Assert.Equal($"arn:aws:es:{Emulated.Region}:{Emulated.Account}:domain/elastic", elastic.ARN);
        Assert.Equal(["search OpenSearch"], await ListAsync(client, "OpenSearch"));
        Assert.Equal(["elastic Elasticsearch"], await ListAsync(client, "Elasticsearch"));
        Assert.Equal(["elastic Elasticsearch", "search OpenSearch"], await ListAsync(client, null));
    }

    [Fact]
    public async Task A_domain_that_does_not_exist_is_named_in_a_typed_refusal()
    {
        using AmazonOpenSearchServiceClient client = Client((await moto.StartAsync()).Endpoint);

        AmazonOpenSearchServiceException refusal = await Assert.ThrowsAsync<AmazonOpenSearchServiceException>(
            () => client.DescribeDomainAsync(new() { DomainName = "absent" }, Cancellation));

        Assert.Equal((HttpStatusCode.Conflict, "ResourceNotFoundException"), (refusal.StatusCode, refusal.ErrorCode));
        Assert.Contains("absent", refusal.Message, StringComparison.Ordinal);
    }

    // The server is shared: other tests have domains of their own.
    private static async Task<IEnumerable<string>> ListAsync(AmazonOpenSearchServiceClient client, string? engine) =>
        (await client.ListDomainNamesAsync(new() { EngineType = engine }, Cancellation)).DomainNames!
            .Where(static domain => domain.DomainName is "search" or "elastic")
            .Select(domain => $"{domain.DomainName} {domain.EngineType}").Order(StringComparer.Ordinal);

    private static AmazonOpenSearchServiceClient Client(Uri endpoint) =>
        new(Emulated.Credentials, Emulated.Config(AmazonOpenSearchServiceClient.Service, endpoint));
}
