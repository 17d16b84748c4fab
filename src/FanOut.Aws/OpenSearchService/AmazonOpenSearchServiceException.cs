using System.Net;
using Amazon.Runtime;

namespace FanOut.Aws.OpenSearchService;

/// <summary>A refusal of Amazon OpenSearch Service: its code, status and request id.</summary>
public sealed class AmazonOpenSearchServiceException : AmazonServiceException
{
    /// <summary>A refusal as the service worded it.</summary>
    public AmazonOpenSearchServiceException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Makes the exception; the shape that the protocols call.</summary>
    internal static AmazonServiceException Of(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) =>
        new AmazonOpenSearchServiceException(message, innerException, errorType, errorCode, requestId, statusCode);
}
