namespace FanOut.Engine.Faults;

/// <content>Kinesis and Firehose, for calls and for the records of a call.</content>
public static partial class KnownFaults
{
    private static KnownFault[] OfKinesis() => Table(Service.Kinesis, "https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html",
        ("AccessDeniedException", Target),
        ("InternalFailure", Ambiguous),
        ("InternalFailureException", Ambiguous),
        ("InvalidArgumentException", Item),
        ("KMSAccessDeniedException", Target),
        ("KMSDisabledException", Target),
        ("KMSInvalidStateException", Target),
        ("KMSNotFoundException", Target),
        ("KMSOptInRequired", Target),
        ("KMSThrottlingException", Refused),
        ("ProvisionedThroughputExceededException", Refused),
        ("ResourceNotFoundException", Target),

        // A stream that is being made or changed: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html
        ("LimitExceededException", Refused),
        ("ResourceInUseException", Refused));

    private static KnownFault[] OfFirehose() => Table(Service.Firehose, "https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html",
        ("InternalFailure", Ambiguous),
        ("InvalidArgumentException", Item),
        ("InvalidKMSResourceException", Target),
        ("InvalidSourceException", Target),
        ("ResourceNotFoundException", Target),
        ("ServiceUnavailableException", Refused),

        // https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html
        ("ConcurrentModificationException", Refused),
        ("LimitExceededException", Refused),
        ("ResourceInUseException", Refused));
}
