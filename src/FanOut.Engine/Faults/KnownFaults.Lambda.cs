namespace FanOut.Engine.Faults;

/// <content>Lambda functions.</content>
public static partial class KnownFaults
{
    private static KnownFault[] OfLambda() => Table(Service.Lambda, "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html",
        // The function is being made, changed or woken, or what it needs has no room just now: it was not run.
        ("CodeArtifactUserDeletedException", Refused),
        ("CodeArtifactUserPendingException", Refused),
        ("EC2ThrottledException", Refused),
        ("EC2UnexpectedException", Refused),
        ("EFSIOException", Refused),
        ("EFSMountConnectivityException", Refused),
        ("EFSMountTimeoutException", Refused),
        ("ENILimitReachedException", Refused),
        ("ENINotReadyException", Refused),
        ("ResourceConflictException", Refused),
        ("ResourceNotReadyException", Refused),
        ("S3FilesMountConnectivityException", Refused),
        ("S3FilesMountTimeoutException", Refused),
        ("ServiceQuotaExceededException", Refused),
        ("SnapStartNotReadyException", Refused),
        ("SnapStartRegenerationFailureException", Refused),
        ("SnapStartTimeoutException", Refused),
        ("SubnetIPAddressLimitReachedException", Refused),
        ("TooManyRequestsException", Refused),
        ("ServiceException", Ambiguous),

        // Somebody has to put something right.
        ("CodeArtifactUserFailedException", Target),
        ("EC2AccessDeniedException", Target),
        ("EFSMountFailureException", Target),
        ("InvalidRuntimeException", Target),
        ("InvalidSecurityGroupIDException", Target),
        ("InvalidSubnetIDException", Target),
        ("InvalidZipFileException", Target),
        ("KMSAccessDeniedException", Target),
        ("KMSDisabledException", Target),
        ("KMSInvalidStateException", Target),
        ("KMSNotFoundException", Target),
        ("ModeNotSupportedException", Target),
        ("NoPublishedVersionException", Target),
        ("RecursiveInvocationException", Target),
        ("ResourceNotFoundException", Target),
        ("S3FilesMountFailureException", Target),
        ("SnapStartException", Target),
        ("UnsupportedMediaTypeException", Target),

        // What was sent.
        ("DurableExecutionAlreadyStartedException", Item),
        ("InvalidParameterValueException", Item),
        ("InvalidRequestContentException", Item),
        ("RequestTooLargeException", Item),
        ("SerializedRequestEntityTooLargeException", Item));
}
