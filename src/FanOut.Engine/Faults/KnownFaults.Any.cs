namespace FanOut.Engine.Faults;

/// <content>What any AWS service may say: its front end, its signature check, its throttles.</content>
public static partial class KnownFaults
{
    private const string CommonErrors = "https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html";

    // The codes on which AWS's SDKs send again, in their standard mode.
    private const string RetryBehavior = "https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html";

    // KMS's own errors, which services pass on under the same names when they cannot use a key.
    private const string Kms = "https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html";

    private static KnownFault[] OfAny() =>
    [
        .. Table(Service.Any, CommonErrors,
            ("AccessDenied", Target),
            ("AccessDeniedException", Target),
            ("AuthFailure", Target),
            ("IncompleteSignature", Target),
            ("IncompleteSignatureException", Target),
            ("InternalError", Ambiguous),
            ("InternalFailure", Ambiguous),
            ("InternalServerError", Ambiguous),
            ("InternalServerException", Ambiguous),
            ("InternalServiceError", Ambiguous),
            ("InternalServiceException", Ambiguous),
            ("InvalidAction", Target),
            ("InvalidClientTokenId", Target),
            ("InvalidParameterCombination", Item),
            ("InvalidParameterValue", Item),
            ("InvalidQueryParameter", Item),
            ("InvalidSignatureException", Target),
            ("MalformedHttpRequestException", Item),
            ("MalformedQueryString", Item),
            ("MissingAction", Target),
            ("MissingAuthenticationToken", Target),
            ("MissingAuthenticationTokenException", Target),
            ("MissingParameter", Item),
            ("NotAuthorized", Target),
            ("OptInRequired", Target),
            ("RequestAbortedException", Ambiguous),
            ("RequestEntityTooLargeException", Item),
            ("SerializationException", Item),
            ("ServiceUnavailable", Refused),
            ("ServiceUnavailableException", Refused),
            ("SignatureDoesNotMatch", Target),
            ("UnknownOperationException", Target),
            ("UnrecognizedClientException", Target),
            ("ValidationError", Item),
            ("ValidationException", Item),

            // Credentials that were good: those of a role are renewed, the function's own by Lambda.
            ("ExpiredToken", Refused),
            ("ExpiredTokenException", Refused),
            ("InvalidToken", Refused),
            ("TokenRefreshRequired", Refused),

            // The clock, which ServiceClock corrects by the answer.
            ("RequestExpired", Refused),
            ("RequestInTheFuture", Refused),
            ("RequestTimeTooSkewed", Refused)),
        .. Table(Service.Any, RetryBehavior,
            ("BandwidthLimitExceeded", Refused),
            ("EC2ThrottledException", Refused),
            ("LimitExceededException", Refused),
            ("PriorRequestNotComplete", Refused),
            ("ProvisionedThroughputExceededException", Refused),
            ("RequestLimitExceeded", Refused),
            ("RequestThrottled", Refused),
            ("RequestThrottledException", Refused),
            ("RequestTimeout", Ambiguous),
            ("RequestTimeoutException", Ambiguous),
            ("SlowDown", Refused),
            ("ThrottledException", Refused),
            ("Throttling", Refused),
            ("ThrottlingException", Refused),
            ("TooManyRequestsException", Refused),
            ("TransactionInProgressException", Refused)),
        .. Table(Service.Any, Kms,
            ("DependencyTimeoutException", Refused),
            ("KMS.AccessDeniedException", Target),
            ("KMS.DisabledException", Target),
            ("KMS.InvalidKeyUsageException", Target),
            ("KMS.InvalidStateException", Target),
            ("KMS.NotFoundException", Target),
            ("KMS.OptInRequired", Target),
            ("KMS.ThrottlingException", Refused),
            ("KMSInternalException", Ambiguous),
            ("KMSThrottlingException", Refused)),
    ];
}
