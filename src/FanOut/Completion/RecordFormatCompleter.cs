namespace FanOut.Completion;

/// <summary>Completes what the data of a stream's records is.</summary>
public sealed class RecordFormatCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new("raw", "whatever the producer sent, the default"),
        new("dynamodb-changes", "changes of DynamoDB tables that stream to Kinesis"),
    ];
}
