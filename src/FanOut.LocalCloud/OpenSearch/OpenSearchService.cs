using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using FanOut.LocalCloud.Faults;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.OpenSearch;

/// <summary>
/// OpenSearch: <c>_bulk</c> and reading documents, with the same indexes at every host name; and the control plane, which describes declared domains.
/// </summary>
public sealed class OpenSearchService : IService
{
    private const string Json = "application/json; charset=UTF-8";
    private readonly ConcurrentDictionary<string, SearchIndex> _indexes = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, SearchDomain> _domains = new(StringComparer.Ordinal);
    private readonly CloudOptions _options;
    private readonly DomainOperations _control;

    internal OpenSearchService(CloudOptions options)
    {
        _options = options;
        _control = new DomainOperations(this);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["es", "aoss"];

    /// <summary>OpenSearch Serverless: the collections and policies that can be described.</summary>
    public CollectionOperations Serverless { get; } = new();

    /// <summary>The domains that the control plane knows.</summary>
    public IReadOnlyCollection<SearchDomain> Domains => [.. _domains.Values];

    /// <summary>Every action that was done. The destination is the index, id and key are those of the document, the data is its line.</summary>
    public Journal<Arrival> Received { get; } = new();

    /// <summary>The largest request, after decompression; small instance types allow 10 MiB, others 100.</summary>
    /// <value>10,485,760 by default.</value>
    public int MostBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>The documents of an index by id; none when there is no such index.</summary>
    public IReadOnlyDictionary<string, StoredDocument> Documents(string index) =>
        _indexes.TryGetValue(index, out SearchIndex? there) ? there.Documents : new Dictionary<string, StoredDocument>();

    /// <summary>Makes a data stream: it takes <c>create</c> alone, and each document needs <c>@timestamp</c>. One of that name is replaced.</summary>
    /// <remarks>https://docs.opensearch.org/latest/im-plugin/data-streams/</remarks>
    public void CreateDataStream(string name) => _indexes[name] = new SearchIndex(isDataStream: true);

    /// <summary>Declares a domain for the control plane; one of that name is replaced. Every domain holds the same indexes.</summary>
    /// <param name="name">Its name, 3 to 28 characters.</param>
    /// <param name="endpoint">Its host, or a URL of this machine; null, the default, for a host name like AWS's. Empty while the domain is being made.</param>
    /// <param name="isInVpc">Whether it is in a VPC.</param>
    /// <param name="engineVersion">The engine and its version; <c>OpenSearch_2.19</c> by default.</param>
    /// <param name="region">Its region; null, the default, for the cloud's.</param>
    /// <param name="accountId">Its account; null, the default, for the cloud's.</param>
    public SearchDomain CreateDomain(
        string name, string? endpoint = null, bool isInVpc = false, string engineVersion = "OpenSearch_2.19", string? region = null, string? accountId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        region ??= _options.Region;
        accountId ??= _options.AccountId;
        string suffix = Checksum.Md5Hex(Encoding.UTF8.GetBytes($"{accountId}/{name}"))[..26];
        return Add(new SearchDomain
        {
            Arn = ArnText.Of("es", region, accountId, $"domain/{name}"),
            Endpoint = endpoint ?? $"{(isInVpc ? "vpc" : "search")}-{name}-{suffix}.{region}.es.{DnsSuffix.Of(region)}",
            IsInVpc = isInVpc,
            EngineVersion = engineVersion,
        });
    }

    /// <summary>Declares a domain as it is given; one with that ARN is replaced.</summary>
    public SearchDomain Add(SearchDomain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return _domains[domain.Arn] = domain;
    }

    /// <summary>
    /// The ARNs of the domains that a request to a host may mean: the domain with that endpoint; at the stand-in's own address, all domains of the
    /// account and region; for any other host, a domain with that name.
    /// </summary>
    internal IReadOnlyList<string> DomainsAt(string host, string region, string accountId)
    {
        SearchDomain[] all = [.. _domains.Values.Where(domain => ArnText.Part(domain.Arn, 3) == region && ArnText.Part(domain.Arn, 4) == accountId).OrderBy(domain => domain.Arn, StringComparer.Ordinal)];
        SearchDomain[] there = [.. all.Where(domain => HostOf(domain.Endpoint) == host || domain.CustomEndpoint == host)];
        return (there.Length > 0 ? there : all) is { Length: > 0 } found
            ? [.. found.Select(domain => domain.Arn)]
            : [ArnText.Of("es", region, accountId, $"domain/{host}")];
    }

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        string[] path = Path(serviceCall);
        return path switch
        {
            _ when CollectionOperations.Owns(serviceCall) => CollectionOperations.Identify(serviceCall),
            _ when DomainOperations.Owns(serviceCall.Request.Path) => DomainOperations.Identify(serviceCall, path),
            [.. string[] before, "_bulk"] => new CallSubject("Bulk", string.Join('/', before)),
            [string index, "_doc", _] => new CallSubject("GetDocument", index),
            [string index, "_count"] => new CallSubject("Count", index),
            [] => new CallSubject("Info"),
            _ => throw new ServiceException("illegal_argument_exception", $"The stand-in's OpenSearch has nothing at '{serviceCall.Request.Path}'; it has /…/_bulk, /index/_doc/id and /index/_count."),
        };
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        return Task.FromResult(serviceCall.Operation switch
        {
            _ when CollectionOperations.Owns(serviceCall) => Serverless.Answer(serviceCall),
            "DescribeDomain" or "DescribeElasticsearchDomain" or "ListDomainNames" => _control.Answer(serviceCall),
            "Bulk" => Bulk(serviceCall),
            "GetDocument" => Get(serviceCall),
            "Count" => JsonAnswer.Of(json => json.WriteNumber("count", Documents(serviceCall.Destination!).Count), contentType: Json),
            _ => HttpResponse.Text(200, Json, """{"name":"stand-in","version":{"distribution":"opensearch","number":"2.19.0"},"tagline":"The OpenSearch Project: https://opensearch.org/"}"""),
        });
    }

    private HttpResponse Bulk(ServiceCall call)
    {
        if (call.Request.Method is not ("POST" or "PUT"))
        {
            throw new ServiceException("method_not_allowed", $"Incorrect HTTP method for uri [{call.Request.Path}] and method [{call.Request.Method}], allowed: [POST, PUT]", 405);
        }

        if (call.Request.Body.Length > MostBodyBytes)
        {
            throw new ServiceException("request_entity_too_large", $"Request size exceeded {MostBodyBytes} bytes", 413);
        }

        string type = call.Request.Header("Content-Type") ?? "";
        if (!type.StartsWith("application/x-ndjson", StringComparison.Ordinal) && !type.StartsWith("application/json", StringComparison.Ordinal))
        {
            throw new ServiceException("content_type_header_exception", $"Content-Type header [{type}] is not supported", 406);
        }

        string[] path = Path(call);
        IReadOnlyList<BulkAction> actions = BulkBody.Read(call.Request.Body, path.Length > 1 ? path[0] : null);
        if (!AllowsExplicitIndex(call) && actions.Any(static action => action.Metadata.ContainsKey("_index")))
        {
            throw new ServiceException("illegal_argument_exception", "explicit index in bulk is not allowed");
        }

        return BulkAnswer.Of([.. actions.Select((action, position) => (action, Apply(call, action, position)))], call.Request.QueryValue("filter_path"));
    }

    private bool AllowsExplicitIndex(ServiceCall call) =>
        DomainsAt(call.Request.Header("Host") ?? "", call.Region, call.AccountId).All(arn => !_domains.TryGetValue(arn, out SearchDomain? domain) || domain.AllowsExplicitIndex);

    private BulkOutcome Apply(ServiceCall call, BulkAction action, int position)
    {
        ItemError? refusal = call.ItemErrorAt(position);
        if (refusal is { Taken: false })
        {
            return Refused(action, refusal);
        }

        if (action.Name != "delete" && !IsObject(action.Source))
        {
            return new BulkOutcome(action.Id, 400, ErrorType: "mapper_parsing_exception", Reason: "failed to parse");
        }

        BulkOutcome outcome = _indexes.GetOrAdd(action.Index, _ => new SearchIndex()).Apply(action);
        if (outcome.IsTaken)
        {
            Received.Add(new Arrival(action.Index, call.Number, call.Time, action.Source)
            {
                Id = outcome.Id!,
                Key = action.Id,
                Action = action.Name,
                Attributes = action.Metadata,
            });
        }

        return refusal is null ? outcome : Refused(action, refusal);
    }

    private HttpResponse Get(ServiceCall call)
    {
        string[] path = Path(call);
        StoredDocument? document = Documents(path[0]).GetValueOrDefault(path[2]);
        return JsonAnswer.Of(
            json =>
            {
                json.WriteString("_index", path[0]);
                json.WriteString("_id", path[2]);
                json.WriteBoolean("found", document is not null);
                if (document is not null)
                {
                    json.WriteNumber("_version", document.Version);
                    json.WritePropertyName("_source");
                    json.WriteRawValue(document.Source.Span);
                }
            },
            document is null ? 404 : 200,
            Json);
    }

    private static BulkOutcome Refused(BulkAction action, ItemError refusal) =>
        new(action.Id, refusal.Status, ErrorType: refusal.Code, Reason: refusal.Message);

    private static bool IsObject(ReadOnlyMemory<byte> source)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(source);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string HostOf(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) ? uri.Authority : endpoint;

    private static string[] Path(ServiceCall call) =>
        [.. call.Request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
}
