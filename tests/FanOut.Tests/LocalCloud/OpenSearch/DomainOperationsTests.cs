using System.Text.Json;
using FanOut.LocalCloud.OpenSearch;

namespace FanOut.Tests.LocalCloud.OpenSearch;

public sealed class DomainOperationsTests : CloudTests
{
    [Fact]
    public async Task A_domain_is_described_in_both_APIs()
    {
        SearchDomain made = Cloud.OpenSearch.CreateDomain("orders", engineVersion: "Elasticsearch_7.10");

        JsonElement domain = (await GetAsync("/2021-01-01/opensearch/domain/orders")).Json.GetProperty("DomainStatus");
        JsonElement older = (await GetAsync("/2015-01-01/es/domain/orders")).Json.GetProperty("DomainStatus");

        Assert.Equal(("arn:aws:es:us-east-1:123456789012:domain/orders", "123456789012/orders", made.Endpoint, "Elasticsearch_7.10"),
            (Text(domain, "ARN"), Text(domain, "DomainId"), Text(domain, "Endpoint"), Text(domain, "EngineVersion")));
        Assert.Matches("^search-orders-[0-9a-f]{26}\\.us-east-1\\.es\\.amazonaws\\.com$", made.Endpoint);
        Assert.Equal((made.Endpoint, "7.10", "t3.small.elasticsearch"),
            (Text(older, "Endpoint"), Text(older, "ElasticsearchVersion"), Text(older.GetProperty("ElasticsearchClusterConfig"), "InstanceType")));
        Assert.Equal(["DescribeDomain", "DescribeElasticsearchDomain"], Cloud.Calls.Select(call => call.Operation));
        Assert.All(Cloud.Calls, call => Assert.True(call.IsFor("orders")));
    }

    [Fact]
    public async Task A_domain_in_a_VPC_has_its_endpoint_elsewhere_and_one_that_is_being_made_has_none()
    {
        SearchDomain inside = Cloud.OpenSearch.CreateDomain("inside", isInVpc: true);
        Cloud.OpenSearch.Add(inside with { Arn = inside.Arn.Replace("inside", "young", StringComparison.Ordinal), Endpoint = "", IsInVpc = false, IsProcessing = true });

        JsonElement domain = (await GetAsync("/2021-01-01/opensearch/domain/inside")).Json.GetProperty("DomainStatus");
        JsonElement young = (await GetAsync("/2021-01-01/opensearch/domain/young")).Json.GetProperty("DomainStatus");

        Assert.StartsWith("vpc-inside-", inside.Endpoint, StringComparison.Ordinal);
        Assert.Equal(inside.Endpoint, Text(domain.GetProperty("Endpoints"), "vpc"));
        Assert.False(domain.TryGetProperty("Endpoint", out _));
        Assert.True(young.GetProperty("Processing").GetBoolean());
        Assert.False(young.TryGetProperty("Endpoint", out _) || young.TryGetProperty("Endpoints", out _));
    }

    [Fact]
    public async Task Domains_are_listed_by_region_and_engine()
    {
        Cloud.OpenSearch.CreateDomain("b");
        Cloud.OpenSearch.CreateDomain("a", engineVersion: "Elasticsearch_7.10");
        Cloud.OpenSearch.CreateDomain("elsewhere", region: "eu-west-1");

        Answer all = await GetAsync("/2021-01-01/domain");
        Answer one = await GetAsync("/2015-01-01/domain?engineType=Elasticsearch");

        Assert.Equal("""{"DomainNames":[{"DomainName":"a","EngineType":"Elasticsearch"},{"DomainName":"b","EngineType":"OpenSearch"}]}""", all.Text);
        Assert.Equal("""{"DomainNames":[{"DomainName":"a","EngineType":"Elasticsearch"}]}""", one.Text);
    }

    [Theory]
    [InlineData("/2021-01-01/opensearch/domain/none", 409, "ResourceNotFoundException", "Domain not found: none")]
    [InlineData("/2015-01-01/es/domain/none", 409, "ResourceNotFoundException", "Domain not found: none")]
    public async Task A_domain_that_is_not_there_is_told_as_AWS_does(string path, int status, string error, string message)
    {
        Answer answer = await GetAsync(path);

        Assert.Equal((status, error, message), (answer.Status, answer.Error, Text(answer.Json, "message")));
    }

    [Fact]
    public async Task An_index_may_be_called_by_a_day()
    {
        Answer answer = await Aws.BulkAsync("/2021-01-01/_bulk", "{\"index\":{\"_id\":\"1\"}}\n{}\n");

        Assert.Equal(200, answer.Status);
        Assert.Single(Cloud.OpenSearch.Documents("2021-01-01"));
    }

    private Task<Answer> GetAsync(string path) => Aws.SendAsync("es", HttpMethod.Get, path, []);

    private static string? Text(JsonElement parent, string name) => parent.GetProperty(name).GetString();
}
