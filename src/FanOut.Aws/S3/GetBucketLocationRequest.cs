namespace FanOut.Aws.S3;

/// <summary>Asks for the region of a bucket. The endpoint of us-east-1 knows those of all regions of its partition.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html</remarks>
public sealed class GetBucketLocationRequest
{
    /// <summary>The bucket.</summary>
    public required string BucketName { get; set; }
}
