using System.Net;
using Amazon.Runtime;

namespace FanOut.Aws.Ec2;

/// <summary>An error answer of Amazon EC2: its code, status and request id.</summary>
public sealed class AmazonEC2Exception : AmazonServiceException
{
    /// <summary>An error answer, with the service's own code and message.</summary>
    public AmazonEC2Exception(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Makes the exception; has the signature of <see cref="Protocols.WireFailure"/>.</summary>
    internal static AmazonServiceException Of(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) =>
        new AmazonEC2Exception(message, innerException, errorType, errorCode, requestId, statusCode);
}
