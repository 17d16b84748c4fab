using FanOut.Aws.OpenSearchService;
using FanOut.Credentials;

namespace FanOut.Destinations;

/// <summary>Lists domains of Elasticsearch and OpenSearch.</summary>
/// <param name="session">Who asks.</param>
/// <param name="inFull">Whether endpoints are wanted, of which each takes a call.</param>
/// <param name="cancellationToken">Cancels the listing.</param>
internal sealed class ListDomains(AwsSession session, bool inFull, CancellationToken cancellationToken)
{
    private const int MostDescribed = 20;
    private readonly AmazonOpenSearchServiceClient _search = session.Client(AmazonOpenSearchServiceClient.Service, static (c, s) => new AmazonOpenSearchServiceClient(c, s));

    /// <summary>The domains; in full as <c>endpoint#</c>.</summary>
    /// <param name="word">How their names begin; empty: all.</param>
    public async IAsyncEnumerable<ListedDestination> AllAsync(string word)
    {
        ListDomainNamesResponse answer = await _search.ListDomainNamesAsync(new ListDomainNamesRequest(), cancellationToken).ConfigureAwait(false);
        DomainInfo[] domains = [.. (answer.DomainNames ?? []).Where(d => d.DomainName?.StartsWith(word, StringComparison.OrdinalIgnoreCase) == true)];
        string?[] endpoints = inFull ? await Task.WhenAll(domains.Take(MostDescribed).Select(d => EndpointAsync(d.DomainName!))).ConfigureAwait(false) : [];
        foreach ((DomainInfo domain, int i) in domains.Select(static (d, i) => (d, i)))
        {
            string? endpoint = i < endpoints.Length ? endpoints[i] : null;
            yield return new ListedDestination(domain.DomainName!, endpoint is null ? null : $"{endpoint}#", $"{domain.EngineType} domain; -Index has the index");
        }
    }

    private async Task<string?> EndpointAsync(string name)
    {
        DomainStatus? domain = (await _search.DescribeDomainAsync(new DescribeDomainRequest { DomainName = name }, cancellationToken).ConfigureAwait(false)).DomainStatus;
        return domain?.Endpoint ?? domain?.Endpoints?.GetValueOrDefault("vpc");
    }
}
