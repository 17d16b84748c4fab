using System.Net;
using Amazon.Runtime;

namespace FanOut.Aws.OpenSearchServerless;

/// <summary>An error answer of Amazon OpenSearch Serverless: its code, status and request id.</summary>
public sealed class AmazonOpenSearchServerlessException : AmazonServiceException
{
    /// <summary>An error answer, with the service's own code and message.</summary>
    public AmazonOpenSearchServerlessException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Makes the exception; has the signature of <see cref="Protocols.WireFailure"/>.</summary>
    internal static AmazonServiceException Of(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) =>
        new AmazonOpenSearchServerlessException(message, innerException, errorType, errorCode, requestId, statusCode);
}
