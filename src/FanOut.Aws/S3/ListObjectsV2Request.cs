namespace FanOut.Aws.S3;

/// <summary>Asks for a page of a bucket's objects: up to 1,000.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html</remarks>
public sealed class ListObjectsV2Request
{
    /// <summary>The bucket.</summary>
    public required string BucketName { get; set; }

    /// <summary>What the keys begin with; null or empty: anything.</summary>
    public string? Prefix { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListObjectsV2Response.NextContinuationToken"/>.</summary>
    public string? ContinuationToken { get; set; }
}
