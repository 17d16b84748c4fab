using System.Net.Sockets;
using Amazon.Runtime;
using FanOut.Aws;
using FanOut.Aws.Http;
using FanOut.Engine.Batching;
using FanOut.Engine.Credentials;
using FanOut.Engine.Faults;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>Says what the exception of a call means for the items of the call.</summary>
public static class Classify
{
    /// <summary>The code of the failure that a target accepts no connections.</summary>
    public const string Unreachable = "Unreachable";

    /// <summary>The code of the failure that a target does not answer.</summary>
    public const string NoAnswer = "NoAnswer";

    /// <summary>The code of the failure that a target's host has no address that may be connected to.</summary>
    public const string AddressRefused = "AddressRefused";

    /// <summary>The failure behind an exception.</summary>
    /// <remarks>
    /// <see cref="FailureClass.Refused"/> and <see cref="FailureClass.Ambiguous"/> are sent again, <see cref="FailureClass.PermanentItem"/> is
    /// isolated item by item, after <see cref="FailureClass.PermanentTarget"/> nothing more of the batch is sent to the target, and
    /// <see cref="FailureClass.Unknown"/> is sent again first and isolated then. A service's error is what <see cref="KnownFaults"/> says of its
    /// code; where the table has no row for it, the status decides.
    /// </remarks>
    public static Failure Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            AssumeRoleException e => new Failure(e.Retryable ? FailureClass.Refused : FailureClass.PermanentTarget, e.Code ?? "AssumeRole", e.Message) { RequestId = e.RequestId },
            TargetFaultException e => e.Failure,
            HttpAnswerException e => e.Failure,
            SecretReadException e => e.Failure,
            HttpRequestException { InnerException: AddressRefusedException e } => new Failure(FailureClass.PermanentTarget, AddressRefused, e.Message),
            CacheAccessDeniedException e => new Failure(FailureClass.PermanentTarget, "AccessDenied", e.Message),
            AmazonUnmarshallingException e => new Failure(FailureClass.Ambiguous, "MalformedAnswer", e.Message),
            UntrustworthyAnswerException e => new Failure(FailureClass.Ambiguous, "MalformedAnswer", e.Message),

            // A single item can be the reason, so the call is halved like one that was rejected. This also ends with a server that never stops.
            AnswerTooLargeException e => new Failure(FailureClass.PermanentItem, "AnswerTooLarge", e.Message),
            AmazonServiceException { StatusCode: not 0 } e => Of(e),
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError } e =>
                new Failure(FailureClass.Refused, Unreachable, e.Message),
            HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound } } e =>
                new Failure(FailureClass.Refused, Unreachable, e.Message),
            CacheUnavailableException { IsUnreachable: true } e => new Failure(FailureClass.Refused, Unreachable, e.Message),

            // AWSSDK also throws TimeoutException if a host does not accept a connection in time.
            NoAnswerException or TimeoutException => new Failure(FailureClass.Ambiguous, NoAnswer, exception.Message),
            CircuitOpenException e => new Failure(FailureClass.PermanentTarget, CircuitOpenException.Code, e.Message),
            _ => new Failure(FailureClass.Ambiguous, exception.GetType().Name, exception.Message),
        };
    }

    private static Failure Of(AmazonServiceException e)
    {
        string reason = e.RequestId is { Length: > 0 } id ? $"{e.Message} (request {id})" : e.Message;
        string code = e.ErrorCode is { Length: > 0 } told ? told : $"Http{(int)e.StatusCode}";
        return new Failure(ErrorClass.Of(ServiceOf.Exception(e), (int)e.StatusCode, code, e.Message), code, reason) { RequestId = e.RequestId };
    }

    /// <summary>Whether other credentials of the same role might be taken: these have expired, were revoked or are unknown.</summary>
    public static bool IsOfCredentials(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return IsExpired(failure.Code) || (failure.Class == FailureClass.PermanentTarget && IsOfCaller(failure.Code));
    }

    private static bool IsExpired(string code) => code is "ExpiredToken" or "ExpiredTokenException" or "InvalidToken" or "TokenRefreshRequired";

    private static bool IsOfCaller(string code) => code is "AccessDenied" or "AccessDeniedException" or "AuthFailure" or "AuthorizationError"
        or "ForbiddenException" or "Http401" or "Http403" or "InvalidAccessKeyId" or "InvalidClientTokenId" or "InvalidSecurity"
        or "InvalidSignatureException" or "NotAuthorized" or "SignatureDoesNotMatch" or "UnauthorizedException" or "UnrecognizedClientException"
        or "KMSAccessDenied" or "KMSAccessDeniedException" or "KmsAccessDenied" or "KmsAccessDeniedException" or "KMS.AccessDeniedException";
}
