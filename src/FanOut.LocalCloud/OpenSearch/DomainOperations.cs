using System.Text.Json;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.OpenSearch;

/// <summary>The control plane: DescribeDomain and ListDomainNames, in OpenSearch's API and in the older one of Elasticsearch.</summary>
/// <remarks>https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DescribeDomain.html</remarks>
internal sealed class DomainOperations(OpenSearchService search)
{
    private const string Version = "2021-01-01";
    private const string ElasticsearchVersion = "2015-01-01";

    /// <summary>Whether a path belongs to the control plane. A domain's path may look alike, because an index may be named after a day.</summary>
    public static bool Owns(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [Version, "opensearch" or "domain", ..] or [ElasticsearchVersion, "es" or "domain", ..];

    public static CallSubject Identify(ServiceCall call, string[] path) => (call.Request.Method, path) switch
    {
        ("GET", [Version, "opensearch", "domain", var name]) => new CallSubject("DescribeDomain", ArnOf(call, name)),
        ("GET", [ElasticsearchVersion, "es", "domain", var name]) => new CallSubject("DescribeElasticsearchDomain", ArnOf(call, name)),
        ("GET", [Version or ElasticsearchVersion, "domain"]) => new CallSubject("ListDomainNames"),
        _ => throw new ServiceException(
            "UnknownOperationException", $"The stand-in's OpenSearch Service has no {call.Request.Method} {call.Request.Path}; it has DescribeDomain and ListDomainNames.", 404),
    };

    public HttpResponse Answer(ServiceCall call) => call.Operation == "ListDomainNames" ? List(call) : Describe(call);

    private HttpResponse List(ServiceCall call)
    {
        string? engine = call.Request.QueryValue("engineType");
        return JsonAnswer.Of(
            json =>
            {
                json.WriteStartArray("DomainNames");
                foreach (SearchDomain domain in search.Domains
                    .Where(domain => ArnText.Part(domain.Arn, 3) == call.Region && ArnText.Part(domain.Arn, 4) == call.AccountId)
                    .Where(domain => engine is null || EngineOf(domain) == engine)
                    .OrderBy(domain => domain.Name, StringComparer.Ordinal))
                {
                    json.WriteStartObject();
                    json.WriteString("DomainName", domain.Name);
                    json.WriteString("EngineType", EngineOf(domain));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            },
            contentType: "application/json");
    }

    private HttpResponse Describe(ServiceCall call)
    {
        SearchDomain domain = search.Domains.FirstOrDefault(domain => domain.Arn == call.Destination)
            ?? throw new ServiceException("ResourceNotFoundException", $"Domain not found: {DestinationName.Short(call.Destination!)}", 409);
        return JsonAnswer.Of(
            json =>
            {
                json.WriteStartObject("DomainStatus");
                Write(json, domain, elasticsearch: call.Operation == "DescribeElasticsearchDomain");
                json.WriteEndObject();
            },
            contentType: "application/json");
    }

    private static void Write(Utf8JsonWriter json, SearchDomain domain, bool elasticsearch)
    {
        json.WriteString("DomainId", $"{ArnText.Part(domain.Arn, 4)}/{domain.Name}");
        json.WriteString("DomainName", domain.Name);
        json.WriteString("ARN", domain.Arn);
        json.WriteBoolean("Created", true);
        json.WriteBoolean("Deleted", false);
        json.WriteBoolean("Processing", domain.IsProcessing);
        WriteEndpoint(json, domain);

        // Elasticsearch's API has the engine's version without its name.
        const string Prefix = "Elasticsearch_";
        string version = domain.EngineVersion;
        json.WriteString(
            elasticsearch ? "ElasticsearchVersion" : "EngineVersion",
            elasticsearch && version.StartsWith(Prefix, StringComparison.Ordinal) ? version[Prefix.Length..] : version);
        json.WriteStartObject(elasticsearch ? "ElasticsearchClusterConfig" : "ClusterConfig");
        json.WriteString("InstanceType", elasticsearch ? domain.InstanceType.Replace(".search", ".elasticsearch", StringComparison.Ordinal) : domain.InstanceType);
        json.WriteNumber("InstanceCount", 1);
        json.WriteEndObject();
        json.WriteStartObject("AdvancedOptions");
        json.WriteString("rest.action.multi.allow_explicit_index", domain.AllowsExplicitIndex ? "true" : "false");
        json.WriteEndObject();
        json.WriteStartObject("DomainEndpointOptions");
        json.WriteBoolean("EnforceHTTPS", true);
        json.WriteBoolean("CustomEndpointEnabled", domain.CustomEndpoint is not null);
        if (domain.CustomEndpoint is { } custom)
        {
            json.WriteString("CustomEndpoint", custom);
        }

        json.WriteEndObject();
    }

    private static void WriteEndpoint(Utf8JsonWriter json, SearchDomain domain)
    {
        if (domain.IsInVpc)
        {
            json.WriteStartObject("VPCOptions");
            json.WriteString("VPCId", "vpc-0123456789abcdef0");
            json.WriteEndObject();
        }

        if (domain.Endpoint.Length == 0)
        {
            return;
        }

        if (domain.IsInVpc)
        {
            json.WriteStartObject("Endpoints");
            json.WriteString("vpc", domain.Endpoint);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("Endpoint", domain.Endpoint);
        }
    }

    private static string EngineOf(SearchDomain domain) => domain.EngineVersion.Split('_')[0];

    private static string ArnOf(ServiceCall call, string name) => ArnText.Of("es", call.Region, call.AccountId, $"domain/{name}");
}
