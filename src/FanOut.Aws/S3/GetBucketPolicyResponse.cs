using Amazon.Runtime;

namespace FanOut.Aws.S3;

/// <summary>A bucket's policy.</summary>
public sealed class GetBucketPolicyResponse : AmazonWebServiceResponse
{
    /// <summary>The document.</summary>
    public string? Policy { get; set; }
}
