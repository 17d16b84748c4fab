namespace FanOut.Aws.S3;

/// <summary>A bucket in a list.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_Bucket.html</remarks>
public sealed class S3BucketSummary
{
    /// <summary>Its name.</summary>
    public string? BucketName { get; set; }

    /// <summary>Its region; null where the answer does not tell.</summary>
    public string? BucketRegion { get; set; }
}
