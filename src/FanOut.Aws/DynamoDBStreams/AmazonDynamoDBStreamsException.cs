using System.Net;
using Amazon.Runtime;

namespace FanOut.Aws.DynamoDBStreams;

/// <summary>An error answer of Amazon DynamoDB Streams: its code, status and request id.</summary>
public sealed class AmazonDynamoDBStreamsException : AmazonServiceException
{
    /// <summary>An error answer, with the service's own code and message.</summary>
    public AmazonDynamoDBStreamsException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Makes the exception; has the signature of <see cref="Protocols.WireFailure"/>.</summary>
    internal static AmazonServiceException Of(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) =>
        new AmazonDynamoDBStreamsException(message, innerException, errorType, errorCode, requestId, statusCode);
}
