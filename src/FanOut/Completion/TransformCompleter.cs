namespace FanOut.Completion;

/// <summary>Completes example transforms, in which the user then replaces names.</summary>
public sealed class TransformCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new("""{"inputTemplate":"{\"id\":<data.id>}"}""", "Kinesis, SNS: an object with a field of the data"),
        new("""{"inputTemplate":"<data.text>"}""", "Kinesis, SNS: a field of the data as text"),
        new("""{"inputTemplate":"{\"key\":<fanout.partitionKey>,\"data\":<data>}"}""", "Kinesis: the data in an object, with its partition key"),
        new("""{"inputTemplate":"{\"id\":<keys.id>,\"what\":<eventName>,\"old\":<oldImage>,\"new\":<newImage>}"}""", "DynamoDB: the key, the event and both images, as plain JSON"),
        new("""{"inputPathsMap":{"id":"$.data.id"},"inputTemplate":"{\"id\":<id>}"}""", "as a transformer of EventBridge: paths with names"),
    ];
}
