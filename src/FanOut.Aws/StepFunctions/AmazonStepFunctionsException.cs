using System.Net;
using Amazon.Runtime;

namespace FanOut.Aws.StepFunctions;

/// <summary>An error answer of AWS Step Functions: its code, status and request id.</summary>
public sealed class AmazonStepFunctionsException : AmazonServiceException
{
    /// <summary>An error answer, with the service's own code and message.</summary>
    public AmazonStepFunctionsException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Makes the exception; has the signature of <see cref="Protocols.WireFailure"/>.</summary>
    internal static AmazonServiceException Of(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) =>
        new AmazonStepFunctionsException(message, innerException, errorType, errorCode, requestId, statusCode);
}
