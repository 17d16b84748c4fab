using Amazon.Runtime;

namespace FanOut.Aws.S3;

/// <summary>The object is not there any more.</summary>
public sealed class DeleteObjectResponse : AmazonWebServiceResponse
{
}
