using Amazon.Runtime;

namespace FanOut.Aws.OpenSearchServerless;

/// <summary>Collections; those that do not exist are not among them.</summary>
public sealed class BatchGetCollectionResponse : AmazonWebServiceResponse
{
    /// <summary>The collections.</summary>
    public List<CollectionDetail>? CollectionDetails { get; set; }
}
