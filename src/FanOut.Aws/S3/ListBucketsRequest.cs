namespace FanOut.Aws.S3;

/// <summary>Asks for a page of the caller's buckets, of all regions.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html</remarks>
public sealed class ListBucketsRequest
{
    /// <summary>How many a page may have, 1 to 10,000. Default: 1000.</summary>
    public int MaxBuckets { get; set; } = 1000;

    /// <summary>What the names begin with; null: anything.</summary>
    public string? Prefix { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListBucketsResponse.ContinuationToken"/>.</summary>
    public string? ContinuationToken { get; set; }
}
