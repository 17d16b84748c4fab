using FanOut.Engine.Batching;

namespace FanOut.Completion;

/// <summary>Completes why records were not delivered: FanOut's classes of failures, and Lambda's conditions.</summary>
public sealed class FailureClassCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new(nameof(FailureClass.Ambiguous), "the target gave no answer that can be trusted: it may have the record"),
        new(nameof(FailureClass.Configuration), "the mapping is invalid, or has changed meanwhile"),
        new(nameof(FailureClass.OutOfTime), "it was not taken before the time was up"),
        new(nameof(FailureClass.Oversize), "the record is larger than the target takes"),
        new(nameof(FailureClass.PermanentItem), "the target rejected the record for good"),
        new(nameof(FailureClass.PermanentTarget), "the target is denied, missing or disabled"),
        new("RecordAgeExceeded", "Lambda gave the batch up: its records were too old"),
        new(nameof(FailureClass.Refused), "the target refused it for now, as long as there was time"),
        new("RetryAttemptsExhausted", "Lambda gave the batch up: it had failed too often"),
        new(nameof(FailureClass.Undecodable), "the record cannot be read"),
        new(nameof(FailureClass.Unknown), "the target refused it, and nobody documents why"),
        new("Unreadable", "what lies there is no letter"),
    ];
}
