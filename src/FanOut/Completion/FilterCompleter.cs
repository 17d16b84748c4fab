namespace FanOut.Completion;

/// <summary>Completes example filters, in which the user then replaces names and values.</summary>
public sealed class FilterCompleter : Completer
{
    /// <inheritdoc/>
    private protected override IEnumerable<Value> Values(Typed typed) =>
    [
        new("""{"data":{"name":["value"]}}""", "Kinesis, SNS: a field of the data, which is JSON"),
        new("""{"data":{"name":[{"numeric":[">",0]}]}}""", "Kinesis, SNS: a number in the data"),
        new("""{"data":[{"prefix":"text"}]}""", "Kinesis, SNS: data that is text"),
        new("""{"partitionKey":["value"]}""", "Kinesis: the partition key"),
        new("""{"eventName":["INSERT","MODIFY"]}""", "DynamoDB: new and changed items"),
        new("""{"newImage":{"name":["value"]}}""", "DynamoDB: an attribute after the change, as plain JSON"),
        new("""{"dynamodb":{"NewImage":{"name":{"S":["value"]}}}}""", "DynamoDB: the same with its type, as an event source mapping filters"),
    ];
}
