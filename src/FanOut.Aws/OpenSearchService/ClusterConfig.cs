namespace FanOut.Aws.OpenSearchService;

/// <summary>A domain's nodes.</summary>
/// <remarks>https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html#network-limits</remarks>
public sealed class ClusterConfig
{
    /// <summary>The data nodes' type, which bounds the size of a request: <c>r6g.large.search</c> …</summary>
    public string? InstanceType { get; set; }
}
