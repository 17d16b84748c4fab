using Amazon.Runtime;

namespace FanOut.Aws.OpenSearchService;

/// <summary>The region's domains.</summary>
public sealed class ListDomainNamesResponse : AmazonWebServiceResponse
{
    /// <summary>The domains.</summary>
    public List<DomainInfo>? DomainNames { get; set; }
}
