using Amazon.Runtime;

namespace FanOut.Aws.S3;

/// <summary>The object is in the bucket.</summary>
public sealed class PutObjectResponse : AmazonWebServiceResponse;
