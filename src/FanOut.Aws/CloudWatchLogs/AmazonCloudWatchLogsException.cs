using System.Net;
using Amazon.Runtime;

namespace FanOut.Aws.CloudWatchLogs;

/// <summary>A refusal of Amazon CloudWatch Logs: its code, status and request id.</summary>
public sealed class AmazonCloudWatchLogsException : AmazonServiceException
{
    /// <summary>A refusal as the service worded it.</summary>
    public AmazonCloudWatchLogsException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Makes the exception; the shape that the protocols call.</summary>
    internal static AmazonServiceException Of(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) =>
        new AmazonCloudWatchLogsException(message, innerException, errorType, errorCode, requestId, statusCode);
}
