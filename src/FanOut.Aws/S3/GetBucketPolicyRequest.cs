namespace FanOut.Aws.S3;

/// <summary>Asks for a bucket's policy.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html</remarks>
public sealed class GetBucketPolicyRequest
{
    /// <summary>The bucket's name.</summary>
    public required string BucketName { get; set; }
}
