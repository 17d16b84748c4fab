namespace FanOut.Completion;

/// <summary>Completes the processors of AWS Lambda.</summary>
public sealed class ArchitectureCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new("arm64", "Graviton, the default"),
        new("x86_64", "Intel and AMD"),
    ];
}
