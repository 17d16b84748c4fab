namespace FanOut.Aws.OpenSearchService;

/// <summary>A domain, in a list.</summary>
public sealed class DomainInfo
{
    /// <summary>Its name.</summary>
    public string? DomainName { get; set; }

    /// <summary><c>OpenSearch</c> or <c>Elasticsearch</c>.</summary>
    public string? EngineType { get; set; }
}
