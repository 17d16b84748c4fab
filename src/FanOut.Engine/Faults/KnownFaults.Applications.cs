namespace FanOut.Engine.Faults;

/// <content>EventBridge, for calls and for the entries of a call, and Step Functions.</content>
public static partial class KnownFaults
{
    private static KnownFault[] OfEvents() =>
    [
        .. Table(Service.Events, "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html",
            ("InternalException", Ambiguous)),

        // Of an entry.
        .. Table(Service.Events, "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html",
            ("AccessDeniedException", Target),
            ("InternalFailure", Ambiguous),
            ("InvalidAccountIdException", Target),
            ("InvalidArgument", Item),
            ("MalformedDetail", Item),
            ("RedactionFailure", Item),
            ("ThrottlingException", Refused),

            // Source and detail type may be another one for each record, so that a policy may forbid one record's and allow the next one's.
            ("NotAuthorizedForDetailTypeException", Item),
            ("NotAuthorizedForSourceException", Item)),

        // Of a bus, which PutEvents itself does not miss: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
        .. Table(Service.Events, "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeEventBus.html",
            ("ResourceNotFoundException", Target)),
    ];

    private static KnownFault[] OfStates() => Table(Service.States, "https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html",
        // The target takes it for the word that the record was delivered before; here it stands for who asks for the table.
        ("ExecutionAlreadyExists", Item),
        ("ExecutionLimitExceeded", Refused),
        ("InvalidArn", Target),
        ("InvalidExecutionInput", Item),
        ("InvalidName", Item),
        ("KmsAccessDeniedException", Target),
        ("KmsInvalidStateException", Target),
        ("KmsThrottlingException", Refused),
        ("StateMachineDeleting", Target),
        ("StateMachineDoesNotExist", Target),
        ("ValidationException", Item));
}
