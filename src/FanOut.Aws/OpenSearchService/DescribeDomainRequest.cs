namespace FanOut.Aws.OpenSearchService;

/// <summary>Asks for a domain, of OpenSearch or of Elasticsearch.</summary>
/// <remarks>https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DescribeDomain.html</remarks>
public sealed class DescribeDomainRequest
{
    /// <summary>The domain's name.</summary>
    public required string DomainName { get; set; }
}
