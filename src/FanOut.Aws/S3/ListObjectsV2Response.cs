using Amazon.Runtime;

namespace FanOut.Aws.S3;

/// <summary>A page of objects.</summary>
public sealed class ListObjectsV2Response : AmazonWebServiceResponse
{
    /// <summary>The objects, in the order of their keys' UTF-8.</summary>
    public List<S3ObjectSummary>? Contents { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextContinuationToken { get; set; }
}
