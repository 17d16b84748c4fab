namespace FanOut.Engine.Faults;

/// <content>What the function calls as itself: the bucket of dead letters, roles, the table.</content>
public static partial class KnownFaults
{
    private static KnownFault[] OfS3() =>
    [
        .. Table(Service.S3, "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html",
            ("EncryptionTypeMismatch", Target),
            ("InvalidRequest", Item),
            ("InvalidWriteOffset", Item),
            ("TooManyParts", Item)),
        .. Table(Service.S3, "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html",
            ("AccessDenied", Target),
            ("AccessPointAlreadyOwnedByYou", Target),
            ("AccountProblem", Target),
            ("AllAccessDisabled", Target),
            ("AuthorizationHeaderMalformed", Target),
            ("BadDigest", Refused),
            ("ConditionalRequestConflict", Refused),
            ("EntityTooLarge", Item),
            ("IllegalLocationConstraintException", Target),
            ("IncompleteBody", Refused),
            ("IncorrectEndpoint", Target),
            ("InternalError", Ambiguous),
            ("InvalidAccessKeyId", Target),
            ("InvalidArgument", Item),
            ("InvalidBucketName", Target),
            ("InvalidBucketState", Target),
            ("InvalidDigest", Item),
            ("InvalidEncryptionAlgorithmError", Target),
            ("InvalidPayer", Target),
            ("InvalidRegion", Target),
            ("InvalidSecurity", Target),
            ("InvalidStorageClass", Target),
            ("InvalidURI", Item),
            ("KeyTooLongError", Item),
            ("MaxMessageLengthExceeded", Item),
            ("MethodNotAllowed", Target),
            ("MissingContentLength", Item),
            ("MissingSecurityHeader", Target),
            ("NoSuchAccessPoint", Target),
            ("NoSuchBucket", Target),
            ("NotImplemented", Target),
            ("NotSignedUp", Target),
            ("OperationAborted", Refused),
            ("PermanentRedirect", Target),
            ("PreconditionFailed", Item),
            ("Redirect", Refused),
            ("SlowDown", Refused),
            ("TemporaryRedirect", Refused),
            ("UnauthorizedAccess", Target),
            ("XAmzContentSHA256Mismatch", Refused)),
    ];

    private static KnownFault[] OfSts() =>
    [
        .. Table(Service.Sts, "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
            ("ExpiredTokenException", Refused),
            ("MalformedPolicyDocument", Target),
            ("PackedPolicyTooLarge", Target),
            ("RegionDisabledException", Target)),
        .. Table(Service.Sts, "https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html",
            ("ValidationError", Target),
            ("InvalidParameterValue", Target),
            ("InvalidParameterCombination", Target),
            ("IDPCommunicationError", Refused)),
    ];

    private static KnownFault[] OfDynamoDb() =>
    [
        .. Table(Service.DynamoDb, "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html",
            ("ConditionalCheckFailedException", Item),
            ("InternalServerError", Ambiguous),
            ("ItemCollectionSizeLimitExceededException", Item),
            ("ProvisionedThroughputExceededException", Refused),
            ("ReplicatedWriteConflictException", Refused),
            ("RequestLimitExceeded", Refused),
            ("ResourceNotFoundException", Target),
            ("ThrottlingException", Refused),
            ("TransactionConflictException", Refused)),
        .. Table(Service.DynamoDb, "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html",
            ("LimitExceededException", Refused),
            ("ResourceInUseException", Refused),
            ("TableNotFoundException", Target)),
    ];
}
