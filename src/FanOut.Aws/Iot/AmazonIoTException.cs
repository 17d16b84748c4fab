using System.Net;
using Amazon.Runtime;

namespace FanOut.Aws.Iot;

/// <summary>A refusal of AWS IoT: its code, status and request id.</summary>
public sealed class AmazonIoTException : AmazonServiceException
{
    /// <summary>A refusal as the service worded it.</summary>
    public AmazonIoTException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Makes the exception; the shape that the protocols call.</summary>
    internal static AmazonServiceException Of(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) =>
        new AmazonIoTException(message, innerException, errorType, errorCode, requestId, statusCode);
}
