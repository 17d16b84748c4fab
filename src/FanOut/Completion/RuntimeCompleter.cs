namespace FanOut.Completion;

/// <summary>Completes the runtimes that FanOut's packages are for.</summary>
public sealed class RuntimeCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new("provided.al2023", "a program of its own for each processor, the default"),
        new("dotnet10", "the portable package, for either processor"),
    ];
}
