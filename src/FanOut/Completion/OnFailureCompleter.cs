namespace FanOut.Completion;

/// <summary>Completes what happens to records that cannot be delivered.</summary>
public sealed class OnFailureCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new("block", "they come again, with all that follow them, until the target takes them; the default without -DeadLetter"),
        new("deadLetter", "they go to -DeadLetter, and the shard goes on; the default with it"),
    ];
}
