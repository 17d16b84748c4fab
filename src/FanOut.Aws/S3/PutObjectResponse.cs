using Amazon.Runtime;

namespace FanOut.Aws.S3;

/// <summary>The object is in the bucket.</summary>
public sealed class PutObjectResponse : AmazonWebServiceResponse
{
    /// <summary>
    /// The object's entity tag, which S3 always gives (https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html); null: the answer is not
    /// S3's.
    /// </summary>
    public string? ETag { get; set; }
}
