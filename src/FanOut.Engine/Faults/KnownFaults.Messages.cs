namespace FanOut.Engine.Faults;

/// <content>SQS, SNS and IoT, for calls and for the entries of a call.</content>
public static partial class KnownFaults
{
    // SQS names errors in two ways: as its JSON protocol does, and, in x-amzn-query-error and in the entries of a batch, as its Query protocol did.
    private static KnownFault[] OfSqs() => Table(Service.Sqs, "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html",
        ("BatchEntryIdsNotDistinct", Item),
        ("BatchRequestTooLong", Item),
        ("EmptyBatchRequest", Item),
        ("InvalidAddress", Target),
        ("InvalidBatchEntryId", Item),
        ("InvalidSecurity", Target),
        ("KmsAccessDenied", Target),
        ("KmsDisabled", Target),
        ("KmsInvalidKeyUsage", Target),
        ("KmsInvalidState", Target),
        ("KmsNotFound", Target),
        ("KmsOptInRequired", Target),
        ("KmsThrottled", Refused),
        ("QueueDoesNotExist", Target),
        ("RequestThrottled", Refused),
        ("TooManyEntriesInBatchRequest", Item),
        ("UnsupportedOperation", Target),
        ("AWS.SimpleQueueService.BatchEntryIdsNotDistinct", Item),
        ("AWS.SimpleQueueService.BatchRequestTooLong", Item),
        ("AWS.SimpleQueueService.EmptyBatchRequest", Item),
        ("AWS.SimpleQueueService.InvalidBatchEntryId", Item),
        ("AWS.SimpleQueueService.NonExistentQueue", Target),
        ("AWS.SimpleQueueService.QueueDeletedRecently", Refused),
        ("AWS.SimpleQueueService.TooManyEntriesInBatchRequest", Item),
        ("AWS.SimpleQueueService.UnsupportedOperation", Target),

        // Of SendMessage, and so of an entry: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
        ("InvalidAttributeValue", Item),
        ("InvalidMessageContents", Item),
        ("OverLimit", Refused),
        ("QueueDeletedRecently", Refused),
        ("ResourceNotFoundException", Target),

        // In no list of SQS's; its JSON protocol answers them where its Query protocol said InvalidParameterValue and MissingParameter.
        ("InvalidParameterValueException", Item),
        ("MissingRequiredParameterException", Item));

    private static KnownFault[] OfSns() => Table(Service.Sns, "https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html",
        ("AuthorizationError", Target),
        ("BatchEntryIdsNotDistinct", Item),
        ("BatchRequestTooLong", Item),
        ("EmptyBatchRequest", Item),
        ("EndpointDisabled", Target),
        ("InternalError", Ambiguous),
        ("InvalidBatchEntryId", Item),
        ("InvalidParameter", Item),
        ("InvalidSecurity", Target),
        ("KMSAccessDenied", Target),
        ("KMSDisabled", Target),
        ("KMSInvalidState", Target),
        ("KMSNotFound", Target),
        ("KMSOptInRequired", Target),
        ("KMSThrottling", Refused),
        ("NotFound", Target),
        ("ParameterValueInvalid", Item),
        ("PlatformApplicationDisabled", Target),
        ("TooManyEntriesInBatchRequest", Item),
        ("ValidationException", Item),

        // Of its other operations: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
        ("OverLimit", Refused),
        ("Throttled", Refused));

    private static KnownFault[] OfIot() =>
    [
        .. Table(Service.Iot, "https://docs.aws.amazon.com/iot/latest/apireference/API_iotdata_Publish.html",
            ("InternalFailureException", Ambiguous),
            ("InvalidRequestException", Item),
            ("MethodNotAllowedException", Target),
            ("ThrottlingException", Refused),
            ("UnauthorizedException", Target)),
        .. Table(Service.Iot, "https://docs.aws.amazon.com/iot/latest/apireference/API_iotdata_UpdateThingShadow.html",
            ("ForbiddenException", Target),
            ("RequestEntityTooLargeException", Item),
            ("ServiceUnavailableException", Refused)),
    ];
}
