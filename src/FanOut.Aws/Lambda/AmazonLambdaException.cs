using System.Net;
using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>A refusal of AWS Lambda: its code, status and request id.</summary>
public sealed class AmazonLambdaException : AmazonServiceException
{
    /// <summary>A refusal as the service worded it.</summary>
    public AmazonLambdaException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Makes the exception; the shape that the protocols call.</summary>
    internal static AmazonServiceException Of(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) =>
        new AmazonLambdaException(message, innerException, errorType, errorCode, requestId, statusCode);
}
