using System.Net;
using Amazon.Runtime;

namespace FanOut.Aws.S3;

/// <summary>A refusal of Amazon S3: its code, status and request id.</summary>
public sealed class AmazonS3Exception : AmazonServiceException
{
    /// <summary>A refusal as the service worded it.</summary>
    public AmazonS3Exception(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Makes the exception; the shape that the protocols call.</summary>
    internal static AmazonServiceException Of(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) =>
        new AmazonS3Exception(message, innerException, errorType, errorCode, requestId, statusCode);
}
