using FanOut.Engine.Events;
using FanOut.Engine.Filtering;

namespace FanOut.Tests.Filtering;

/// <summary>Filters that no record of their source can ever match are found, and no others.</summary>
public sealed class UnmatchableTests
{
    private const string Stream = "arn:aws:kinesis:eu-west-1:123456789012:stream/orders";
    private const string Table = "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-11-25T16:00:00.000";
    private const string Topic = "arn:aws:sns:us-east-1:123456789012:orders";

    [Theory]
    [InlineData("""{"eventName":["INSERT"]}""", "at eventName there is only 'aws:kinesis:record'")]
    [InlineData("""{"eventName":[{"prefix":"aws:dynamodb"}]}""", "at eventName there is only 'aws:kinesis:record'")]
    [InlineData("""{"eventName":[{"anything-but":"aws:kinesis:record"}]}""", "at eventName there is only 'aws:kinesis:record'")]
    [InlineData("""{"eventName":[{"exists":false}]}""", "at eventName there is only 'aws:kinesis:record'")]
    [InlineData("""{"awsRegion":["us-east-1"]}""", "at awsRegion there is only 'eu-west-1'")]
    [InlineData("""{"eventSourceARN":["arn:aws:kinesis:eu-west-1:123456789012:stream/other"]}""", "at eventSourceARN there is only 'arn:aws:kinesis:eu-west-1:123456789012:stream/orders'")]
    [InlineData("""{"partitionKey":[{"numeric":[">",5]}]}""", "at partitionKey there is always a string")]
    [InlineData("""{"partitionKey":[17,null,true]}""", "at partitionKey there is always a string")]
    [InlineData("""{"partitionKey":{"a":[1]}}""", "at partitionKey.a there is never anything: partitionKey is a value, which has no fields")]
    [InlineData("""{"approximateArrivalTimestamp":["2026"]}""", "at approximateArrivalTimestamp there is always a number")]
    [InlineData("""{"data":[17]}""", "at data there is always a string (the data is compared as the string that it is; write names under it to look into it as JSON)")]
    [InlineData("""{"data":{"type":["a"]},"eventName":["MODIFY"]}""", "at eventName there is only")]
    [InlineData("""{"data":{"type":["a"]},"$or":[{"eventName":["MODIFY"]},{"sequenceNumber":[1]}]}""", "at eventName there is only")]
    public void A_filter_on_Kinesis_that_never_matches_is_found(string filter, string expected) => AssertFound(filter, Stream, SourceKind.Kinesis, expected);

    [Theory]
    [InlineData("""{"eventName":["aws:kinesis:record"]}""", "at eventName there is only 'INSERT', 'MODIFY', 'REMOVE'")]
    [InlineData("""{"eventName":["insert"]}""", "at eventName there is only 'INSERT', 'MODIFY', 'REMOVE'")]
    [InlineData("""{"eventName":[{"anything-but":["INSERT","MODIFY","REMOVE"]}]}""", "at eventName there is only")]
    [InlineData("""{"awsRegion":[{"prefix":"eu-"}]}""", "at awsRegion there is only 'us-east-1'")]
    [InlineData("""{"dynamodb":{"NewImage":{"price":{"N":[{"numeric":[">",1]}]}}}}""", "at dynamodb.NewImage.price.N there is always a string (numbers are strings there; keys, newImage and oldImage have them as numbers)")]
    [InlineData("""{"dynamodb":{"NewImage":{"list":{"L":{"M":{"n":{"N":[1]}}}}}}}""", "at dynamodb.NewImage.list.L.M.n.N there is always a string")]
    [InlineData("""{"dynamodb":{"NewImage":{"status":["paid"]}}}""", "at dynamodb.NewImage.status there is an object: ask for its fields (a value stands below its type")]
    [InlineData("""{"dynamodb":{"NewImage":{"status":{"s":["paid"]}}}}""", "at dynamodb.NewImage.status.s there is never anything: there are S, B, SS, BS, N, NS, BOOL, NULL, M, L")]
    [InlineData("""{"dynamodb":{"newImage":{"status":{"S":["paid"]}}}}""", "at dynamodb.newImage there is never anything: there are Keys, NewImage")]
    [InlineData("""{"dynamodb":{"NewImage":{"open":{"BOOL":["true"]}}}}""", "at dynamodb.NewImage.open.BOOL there is only 'true', 'false'")]
    [InlineData("""{"dynamodb":{"StreamViewType":["ALL"]}}""", "at dynamodb.StreamViewType there is only 'KEYS_ONLY'")]
    [InlineData("""{"newImage":["paid"]}""", "at newImage there is an object: ask for its fields")]
    [InlineData("""{"sequenceNumber":[{"numeric":[">",1]}]}""", "at sequenceNumber there is always a string")]
    public void A_filter_on_DynamoDB_that_never_matches_is_found(string filter, string expected) => AssertFound(filter, Table, SourceKind.DynamoDb, expected);

    [Theory]
    [InlineData("""{"EventSource":["aws:sqs"]}""", "at EventSource there is only 'aws:sns'")]
    [InlineData("""{"Sns":{"TopicArn":[{"suffix":":other"}]}}""", "at Sns.TopicArn there is only 'arn:aws:sns:us-east-1:123456789012:orders'")]
    [InlineData("""{"Sns":{"MessageAttributes":{"kind":["order"]}}}""", "at Sns.MessageAttributes.kind there is an object: ask for its fields (an attribute's value stands in Value")]
    [InlineData("""{"Sns":{"MessageAttributes":{"kind":{"Value":[1]}}}}""", "at Sns.MessageAttributes.kind.Value there is always a string")]
    [InlineData("""{"Sns":{"Message":{"a":[1]}}}""", "at Sns.Message.a there is never anything: the message is compared as the string that it is; data looks into it as JSON")]
    [InlineData("""{"Sns":{"Subject":[5]}}""", "at Sns.Subject there is always a string or null")]
    public void A_filter_on_SNS_that_never_matches_is_found(string filter, string expected) => AssertFound(filter, Topic, SourceKind.Sns, expected);

    [Theory]
    [InlineData("KEYS_ONLY", """{"newImage":{"a":[1]}}""", "at newImage.a there is never anything: a stream of the view type KEYS_ONLY does not carry that image")]
    [InlineData("NEW_IMAGE", """{"dynamodb":{"OldImage":{"a":{"S":["b"]}}}}""", "at dynamodb.OldImage.a there is never anything: a stream of the view type NEW_IMAGE")]
    [InlineData("OLD_IMAGE", """{"newImage":{"a":[1]}}""", "does not carry that image")]
    [InlineData("OLD_IMAGE", """{"dynamodb":{"StreamViewType":["NEW_IMAGE"]}}""", "there is only 'OLD_IMAGE'")]
    [InlineData("NEW_AND_OLD_IMAGES", """{"newImage":{"a":[1]},"oldImage":{"a":[2]}}""", null)]
    [InlineData("NEW_IMAGE", """{"newImage":{"a":[1]},"oldImage":{"a":[{"exists":false}]}}""", null)]
    [InlineData(null, """{"newImage":{"a":[1]}}""", null)]
    public void Images_that_the_stream_does_not_carry_are_known(string? viewType, string filter, string? expected)
    {
        UnmatchableFilter? found = Parse(filter, SourceKind.DynamoDb).FindUnmatchable(Table, viewType);
        Assert.Equal(expected is null, found is null);
        Assert.Contains(expected ?? "", found?.Reason ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SourceKind.Kinesis, """{"eventName":["aws:kinesis:record","INSERT"],"awsRegion":[{"prefix":"eu-"}],"eventSource":[{"wildcard":"aws:*"}]}""")]
    [InlineData(SourceKind.Kinesis, """{"eventSourceARN":["arn:aws:kinesis:eu-west-1:123456789012:stream/orders/consumer/fanout:1634000000"]}""")]
    [InlineData(SourceKind.Kinesis, """{"eventSourceARN":[{"suffix":"/consumer/fanout:1634000000"}]}""")]
    [InlineData(SourceKind.Kinesis, """{"partitionKey":[5,{"anything-but":5}],"data":{"a":{"b":[1,null,{"exists":false}]}}}""")]
    [InlineData(SourceKind.Kinesis, """{"data":[{"exists":true}],"eventID":[{"prefix":"shardId-000000000006:"}],"kinesisSchemaVersion":["2.0"]}""")]
    [InlineData(SourceKind.DynamoDb, """{"eventName":[{"equals-ignore-case":"insert"}],"userIdentity":{"type":["Service"],"principalId":["dynamodb.amazonaws.com"]}}""")]
    [InlineData(SourceKind.DynamoDb, """{"userIdentity":{"type":[{"exists":false}]},"dynamodb":{"OldImage":{"a":{"N":[{"exists":false}]}},"SizeBytes":[{"numeric":["<",100]}]}}""")]
    [InlineData(SourceKind.DynamoDb, """{"dynamodb":{"NewImage":{"a":{"SS":["x"]},"b":{"L":{"M":{"c":{"BOOL":[true]}}}},"d":{"NULL":[true]},"e":{"N":["1.5"]}}}}""")]
    [InlineData(SourceKind.DynamoDb, """{"newImage":{"a":[{"numeric":[">",1]}],"b":{"c":["x"]}},"keys":{"id":["x",17]},"dynamodb":{"nothing":[{"exists":false}]}}""")]
    [InlineData(SourceKind.Sns, """{"Sns":{"Subject":[null],"MessageAttributes":{"kind":{"Value":["order"]}},"TopicArn":[{"suffix":":orders"}]},"data":{"a":[1]}}""")]
    public void A_filter_that_may_match_is_not_complained_of(SourceKind kind, string filter) =>
        Assert.Null(Parse(filter, kind).FindUnmatchable(kind switch { SourceKind.Kinesis => Stream, SourceKind.DynamoDb => Table, _ => Topic }));

    [Fact]
    public void An_alternative_that_never_matches_is_told_from_a_filter_that_never_does()
    {
        UnmatchableFilter? found = Parse("""{"$or":[{"data":{"a":[1]}},{"eventName":["REMOVE"]}]}""", SourceKind.Kinesis).FindUnmatchable(Stream);

        Assert.Equal(new UnmatchableFilter(false, "at eventName there is only 'aws:kinesis:record'"), found);
    }

    [Fact]
    public void Nothing_is_known_of_other_sources() => Assert.Null(Parse("""{"eventName":["x"]}""", null).FindUnmatchable("arn:aws:sqs:us-east-1:1:q"));

    private static void AssertFound(string filter, string sourceArn, SourceKind kind, string expected)
    {
        UnmatchableFilter? found = Parse(filter, kind).FindUnmatchable(sourceArn);
        Assert.NotNull(found);
        Assert.StartsWith(expected, found.Reason, StringComparison.Ordinal);
        Assert.True(found.IsWhole);
    }

    private static RecordFilter Parse(string filter, SourceKind? kind)
    {
        Assert.True(RecordFilter.TryParse(filter, kind, out RecordFilter? parsed, out string? problem), problem);
        return parsed;
    }
}
