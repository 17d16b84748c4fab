using Amazon.Runtime;

namespace FanOut.Aws.S3;

/// <summary>A page of buckets.</summary>
public sealed class ListBucketsResponse : AmazonWebServiceResponse
{
    /// <summary>The buckets.</summary>
    public List<S3BucketSummary>? Buckets { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? ContinuationToken { get; set; }
}
