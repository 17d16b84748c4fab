using System.Net;
using Amazon.Runtime;

namespace FanOut.Aws.SecretsManager;

/// <summary>An error answer of AWS Secrets Manager: its code, status and request id.</summary>
public sealed class AmazonSecretsManagerException : AmazonServiceException
{
    /// <summary>An error answer, with the service's own code and message.</summary>
    public AmazonSecretsManagerException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Makes the exception; has the signature of <see cref="Protocols.WireFailure"/>.</summary>
    internal static AmazonServiceException Of(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode) =>
        new AmazonSecretsManagerException(message, innerException, errorType, errorCode, requestId, statusCode);
}
