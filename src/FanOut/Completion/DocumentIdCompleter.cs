namespace FanOut.Completion;

/// <summary>Completes what documents have as their ids.</summary>
public sealed class DocumentIdCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new("key", "the record's key: one document for each item, the default"),
        new("sequence", "shard and sequence number: one document for each record, the same one when it comes again"),
        new("none", "made by the index: one document for each record, another one when it comes again"),
    ];
}
