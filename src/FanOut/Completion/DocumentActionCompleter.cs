namespace FanOut.Completion;

/// <summary>Completes how documents are written.</summary>
public sealed class DocumentActionCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new("index", "a document replaces one of the same id, the default"),
        new("create", "the first document of an id stays; data streams take nothing else"),
    ];
}
