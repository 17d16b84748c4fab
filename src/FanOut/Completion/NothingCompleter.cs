namespace FanOut.Completion;

/// <summary>Completes nothing, where PowerShell would offer the names of files.</summary>
public sealed class NothingCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) => [];
}
