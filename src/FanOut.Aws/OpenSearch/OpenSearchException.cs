using System.Net;
using Amazon.Runtime;

namespace FanOut.Aws.OpenSearch;

/// <summary>A refusal of an OpenSearch or Elasticsearch domain: its code, status and request id.</summary>
public sealed class OpenSearchException : AmazonServiceException
{
    /// <summary>A refusal as the service worded it.</summary>
    public OpenSearchException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Makes the exception; the shape that the protocols call.</summary>
    internal static AmazonServiceException Of(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) =>
        new OpenSearchException(message, innerException, errorType, errorCode, requestId, statusCode);
}
