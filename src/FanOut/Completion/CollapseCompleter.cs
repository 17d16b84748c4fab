namespace FanOut.Completion;

/// <summary>Completes the ways in which records share a message.</summary>
public sealed class CollapseCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new("JSON", "{\"Records\":[...]} with as many records as fit, the default"),
        new("none", "one message or request for each record"),
        new("concat", "one record after the other, as they are"),
        new("concat-b64", "one record after the other, all together in base64"),
        new("array", "http: [...] with as many records as fit"),
        new("ndjson", "http: one line of JSON for each record"),
    ];
}
