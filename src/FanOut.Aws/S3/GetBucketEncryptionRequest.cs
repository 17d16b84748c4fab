namespace FanOut.Aws.S3;

/// <summary>Asks how a bucket encrypts objects.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html</remarks>
public sealed class GetBucketEncryptionRequest
{
    /// <summary>The bucket's name.</summary>
    public required string BucketName { get; set; }
}
