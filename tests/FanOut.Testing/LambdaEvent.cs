using System.Globalization;
using System.Text;

namespace FanOut.Testing;

/// <summary>Events as Lambda hands them over.</summary>
public static class LambdaEvent
{
    public const string Stream = "arn:aws:kinesis:us-east-1:123456789012:stream/in";
    public const string Table = "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-11-24T00:00:00.000";
    public const string Topic = "arn:aws:sns:us-east-1:123456789012:topic";

    /// <summary>An event of records.</summary>
    public static byte[] Of(params IEnumerable<string> records) => Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', records)}}]}""");

    /// <summary>A record of Kinesis: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html</summary>
    /// <param name="data">The data.</param>
    /// <param name="key">The partition key, escaped as in JSON.</param>
    /// <param name="sequenceNumber">The sequence number.</param>
    /// <param name="arn">The stream.</param>
    /// <param name="arrived">When it came to the stream; in December 2018 by default.</param>
    public static string Kinesis(ReadOnlySpan<byte> data, string key = "k", string sequenceNumber = "49", string arn = Stream, DateTimeOffset? arrived = null) => $$"""
        {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"{{key}}","sequenceNumber":"{{sequenceNumber}}","data":"{{Convert.ToBase64String(data)}}",
        "approximateArrivalTimestamp":{{Seconds(arrived)}}},"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000000:{{sequenceNumber}}",
        "eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::123456789012:role/r","awsRegion":"us-east-1","eventSourceARN":"{{arn}}"}
        """;

    /// <summary>A record of DynamoDB Streams: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html</summary>
    /// <param name="eventName"><c>INSERT</c>, <c>MODIFY</c> or <c>REMOVE</c>.</param>
    /// <param name="keys">The item's key, in DynamoDB's JSON.</param>
    /// <param name="newImage">The item as it is now, in DynamoDB's JSON.</param>
    /// <param name="oldImage">The item as it was, in DynamoDB's JSON.</param>
    /// <param name="sequenceNumber">The sequence number.</param>
    /// <param name="arn">The table's stream.</param>
    /// <param name="changed">When the item was changed; the event does not say when it is null.</param>
    public static string Dynamo(
        string eventName, string keys, string? newImage, string? oldImage, string sequenceNumber = "111", string arn = Table, DateTimeOffset? changed = null) => $$"""
        {"eventID":"1","eventVersion":"1.0","dynamodb":{{{(changed is null ? "" : $"\"ApproximateCreationDateTime\":{Seconds(changed)},")}}"Keys":{{keys}}{{(newImage is null ? "" : ",\"NewImage\":" + newImage)}}{{(oldImage is null ? "" : ",\"OldImage\":" + oldImage)}},
        "StreamViewType":"NEW_AND_OLD_IMAGES","SequenceNumber":"{{sequenceNumber}}","SizeBytes":26},"awsRegion":"us-east-1","eventName":"{{eventName}}",
        "eventSourceARN":"{{arn}}","eventSource":"aws:dynamodb"}
        """;

    /// <summary>What DynamoDB puts into a Kinesis stream for a change of an item.</summary>
    /// <param name="eventName"><c>INSERT</c>, <c>MODIFY</c> or <c>REMOVE</c>.</param>
    /// <param name="keys">The item's key, in DynamoDB's JSON.</param>
    /// <param name="newImage">The item as it is now, in DynamoDB's JSON.</param>
    /// <param name="oldImage">The item as it was, in DynamoDB's JSON.</param>
    /// <param name="microseconds">When the item was changed, in microseconds since 1970.</param>
    /// <param name="userIdentity">Who changed it, JSON.</param>
    public static string Change(
        string eventName, string keys, string? newImage = null, string? oldImage = null, long microseconds = 1_720_740_233_012_995, string userIdentity = "null") => $$"""
        {"awsRegion":"us-east-1","eventID":"b015b5f0-c095-4b50-8ad0-4279aa3d88c6","eventName":"{{eventName}}","userIdentity":{{userIdentity}},"recordFormat":"application/json","tableName":"orders",
        "dynamodb":{"ApproximateCreationDateTime":{{microseconds}},"Keys":{{keys}}{{(newImage is null ? "" : ",\"NewImage\":" + newImage)}}{{(oldImage is null ? "" : ",\"OldImage\":" + oldImage)}},
        "SizeBytes":99,"ApproximateCreationDateTimePrecision":"MICROSECOND"},"eventSource":"aws:dynamodb"}
        """;

    /// <summary>A record of Kinesis that carries a change of an item, with a partition key as DynamoDB makes it.</summary>
    /// <param name="change">The change, see <see cref="Change"/>.</param>
    /// <param name="sequenceNumber">The sequence number.</param>
    public static string Carrier(string change, string sequenceNumber = "49") => Kinesis(Encoding.UTF8.GetBytes(change), "0AB18464EFEE6043E48DD4475DABA453", sequenceNumber);

    /// <summary>A record of SNS: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html</summary>
    /// <param name="message">The message, escaped as in JSON.</param>
    /// <param name="id">The message's id.</param>
    public static string Sns(string message, string id = "95df01b4") => $$"""
        {"EventSource":"aws:sns","EventVersion":"1.0","EventSubscriptionArn":"{{Topic}}:21be56ed","Sns":{"Type":"Notification","MessageId":"{{id}}",
        "TopicArn":"{{Topic}}","Subject":null,"Message":"{{message}}","Timestamp":"2026-11-24T00:00:00.000Z","MessageAttributes":{"a":{"Type":"String","Value":"b"} } } }
        """;

    private static string Seconds(DateTimeOffset? time) =>
        ((time?.ToUnixTimeMilliseconds() ?? 1545084650987) / 1000m).ToString(CultureInfo.InvariantCulture);
}
