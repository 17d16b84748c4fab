using System.Net;
using Amazon.Runtime;

namespace FanOut.Aws.EventBridge;

/// <summary>An error answer of Amazon EventBridge: its code, status and request id.</summary>
public sealed class AmazonEventBridgeException : AmazonServiceException
{
    /// <summary>An error answer, with the service's own code and message.</summary>
    public AmazonEventBridgeException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Makes the exception; has the signature of <see cref="Protocols.WireFailure"/>.</summary>
    internal static AmazonServiceException Of(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) =>
        new AmazonEventBridgeException(message, innerException, errorType, errorCode, requestId, statusCode);
}
