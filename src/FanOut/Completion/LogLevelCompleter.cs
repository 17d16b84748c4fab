namespace FanOut.Completion;

/// <summary>Completes the levels of a function's log.</summary>
public sealed class LogLevelCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new("debug", "everything; the function writes it where FANOUT_LOG_LEVEL is debug"),
        new("info", "each batch, the default"),
        new("warn", "what went to a dead letter, or needs a look"),
        new("error", "what failed"),
    ];
}
