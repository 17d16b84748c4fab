using Amazon.Runtime;

namespace FanOut.Aws.OpenSearchService;

/// <summary>A domain.</summary>
public sealed class DescribeDomainResponse : AmazonWebServiceResponse
{
    /// <summary>The domain.</summary>
    public DomainStatus? DomainStatus { get; set; }
}
