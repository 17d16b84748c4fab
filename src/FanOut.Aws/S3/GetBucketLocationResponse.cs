using Amazon.Runtime;

namespace FanOut.Aws.S3;

/// <summary>Where a bucket is.</summary>
public sealed class GetBucketLocationResponse : AmazonWebServiceResponse
{
    /// <summary>Its region: <c>us-east-1</c>, which S3 tells by an empty text; <c>eu-west-1</c>, for which it has an old name too.</summary>
    public string Region { get; set; } = "us-east-1";
}
