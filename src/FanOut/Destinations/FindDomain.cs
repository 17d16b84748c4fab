using FanOut.Aws.OpenSearchService;
using FanOut.Credentials;
using FanOut.Errors;

namespace FanOut.Destinations;

/// <summary>Finds the endpoint of an Elasticsearch or OpenSearch domain by its name.</summary>
internal static class FindDomain
{
    /// <summary><c>endpoint#index</c>, with the domain's VPC endpoint if it has one.</summary>
    public static async Task<FoundDestination> ByNameAsync(AwsSession session, string name, string? index, CancellationToken cancellationToken)
    {
        if (index is null)
        {
            throw FanOutError.InvalidDestination(name, "a domain's name needs -Index as well; es takes a domain's name with -Index, or endpoint#index");
        }

        AmazonOpenSearchServiceClient search = session.Client(AmazonOpenSearchServiceClient.Service, (c, s) => new AmazonOpenSearchServiceClient(c, s));
        try
        {
            DescribeDomainResponse response =
                await search.DescribeDomainAsync(new DescribeDomainRequest { DomainName = name }, cancellationToken).ConfigureAwait(false);
            DomainStatus domain = response.DomainStatus!;
            return (domain.Endpoint ?? domain.Endpoints?.GetValueOrDefault("vpc")) is { Length: > 0 } endpoint
                ? new FoundDestination($"{endpoint}#{index}")
                : throw FanOutError.DestinationNotReady("domain", name, domain.Processing == true ? "processing" : null, session.Region);
        }
        catch (AmazonOpenSearchServiceException e) when (e.ErrorCode is "ResourceNotFoundException" or "ResourceNotFound")
        {
            throw FanOutError.DestinationNotFound(
                "Elasticsearch or OpenSearch domain", name, session.Region, session.Identity, "Give endpoint#index to register it without a look-up.", e);
        }
    }
}
