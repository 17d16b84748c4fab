namespace FanOut.Completion;

/// <summary>Completes which parts of a DynamoDB record are sent.</summary>
public sealed class ViewCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new("newImage", "the item as it is after the change, the default"),
        new("oldImage", "the item as it was before the change"),
        new("both", "the item before and after the change"),
        new("record", "event name, keys, images and sequence number"),
    ];
}
