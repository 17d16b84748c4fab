using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using FanOut.Engine.Batching;
using FanOut.Engine.Credentials;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>What an exception of a whole call means for the items that it carried.</summary>
public static class Classify
{
    /// <summary>The failure behind an exception.</summary>
    /// <remarks>
    /// <see cref="FailureClass.Refused"/> and <see cref="FailureClass.Ambiguous"/> are sent again, <see cref="FailureClass.PermanentItem"/> is
    /// looked into item by item, <see cref="FailureClass.PermanentTarget"/> ends the target for this batch.
    /// </remarks>
    public static Failure Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            AssumeRoleException e => new Failure(e.Retryable ? FailureClass.Refused : FailureClass.PermanentTarget, e.Code ?? "AssumeRole", e.Message),
            CacheAccessDeniedException e => new Failure(FailureClass.PermanentTarget, "AccessDenied", e.Message),
            AmazonUnmarshallingException e => new Failure(FailureClass.Ambiguous, "MalformedAnswer", e.Message),
            UntrustworthyAnswerException e => new Failure(FailureClass.Ambiguous, "MalformedAnswer", e.Message),
            AmazonServiceException { StatusCode: not 0 } e => Of(e),
            HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound } } e =>
                new Failure(FailureClass.Refused, "Unreachable", e.Message),
            _ => new Failure(FailureClass.Ambiguous, exception.GetType().Name, exception.Message),
        };
    }

    private static Failure Of(AmazonServiceException e)
    {
        string reason = e.RequestId is { Length: > 0 } id ? $"{e.Message} (request {id})" : e.Message;
        FailureClass kind = e.ErrorCode switch
        {
            _ when IsThrottling(e) => FailureClass.Refused,
            _ when (int)e.StatusCode >= 500 => FailureClass.Ambiguous,

            // Renewed credentials may be taken; AWSSDK asks for them at the next try.
            "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" => FailureClass.Refused,
            _ when IsTarget(e) => FailureClass.PermanentTarget,
            _ => FailureClass.PermanentItem,
        };
        return new Failure(kind, e.ErrorCode, reason);
    }

    private static bool IsThrottling(AmazonServiceException e) =>
        e.StatusCode == HttpStatusCode.TooManyRequests || e.ErrorCode.Contains("Throttl", StringComparison.OrdinalIgnoreCase) ||
        e.ErrorCode is "ProvisionedThroughputExceededException" or "TooManyRequestsException" or "RequestLimitExceeded" or "SlowDown"
            or "LimitExceededException" or "RequestThrottled" or "PriorRequestNotComplete" or "ServiceUnavailableException" or "ResourceInUseException";

    private static bool IsTarget(AmazonServiceException e) =>
        e.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ||
        (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode is not "Http404") ||
        e.ErrorCode.Contains("AccessDenied", StringComparison.Ordinal) || e.ErrorCode.Contains("NotFound", StringComparison.Ordinal) ||
        e.ErrorCode.Contains("NonExistent", StringComparison.Ordinal) || e.ErrorCode.Contains("QueueDoesNotExist", StringComparison.Ordinal) ||
        e.ErrorCode.StartsWith("KMS", StringComparison.Ordinal) || e.ErrorCode.StartsWith("Kms", StringComparison.Ordinal) ||
        e.ErrorCode is "AuthorizationError" or "UnrecognizedClientException" or "InvalidClientTokenId" or "SignatureDoesNotMatch"
            or "InvalidSignatureException" or "MissingAuthenticationToken" or "AuthorizationErrorException" or "EndpointDisabled" or "Http404";
}
