using System.Net;
using Amazon.Runtime;

namespace FanOut.Aws.Iot;

/// <summary>A refusal of AWS IoT's data plane: its code, status and request id.</summary>
public sealed class AmazonIotDataException : AmazonServiceException
{
    /// <summary>A refusal as the service worded it.</summary>
    public AmazonIotDataException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Makes the exception; the shape that the protocols call.</summary>
    internal static AmazonServiceException Of(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) =>
        new AmazonIotDataException(message, innerException, errorType, errorCode, requestId, statusCode);
}
