namespace FanOut.Aws.OpenSearchService;

/// <summary>Asks for the region's domains; there are no pages.</summary>
/// <remarks>https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_ListDomainNames.html</remarks>
public sealed class ListDomainNamesRequest
{
    /// <summary>Only <c>OpenSearch</c> or only <c>Elasticsearch</c>. Default: both.</summary>
    public string? EngineType { get; set; }
}
