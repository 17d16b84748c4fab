namespace FanOut.Aws.OpenSearchService;

/// <summary>A domain.</summary>
/// <remarks>https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainStatus.html</remarks>
public sealed class DomainStatus
{
    /// <summary>Its name.</summary>
    public string? DomainName { get; set; }

    /// <summary>Its ARN.</summary>
    public string? ARN { get; set; }

    /// <summary>Its host, unless it lies in a VPC; null while it is being created.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Its hosts in a VPC: <c>vpc</c>.</summary>
    public Dictionary<string, string>? Endpoints { get; set; }

    /// <summary><c>OpenSearch_2.19</c>, <c>Elasticsearch_7.10</c> …</summary>
    public string? EngineVersion { get; set; }

    /// <summary>Whether a change is in progress.</summary>
    public bool? Processing { get; set; }

    /// <summary>Whether it is being deleted.</summary>
    public bool? Deleted { get; set; }

    /// <summary>Its nodes.</summary>
    public ClusterConfig? ClusterConfig { get; set; }

    /// <summary>Its advanced options, such as <c>rest.action.multi.allow_explicit_index</c>: whether the body of a bulk call may name indices.</summary>
    public Dictionary<string, string>? AdvancedOptions { get; set; }

    /// <summary>Its own policy, JSON: who may call it; null or empty: it has none.</summary>
    public string? AccessPolicies { get; set; }
}
