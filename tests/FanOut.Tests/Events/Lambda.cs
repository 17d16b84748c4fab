using System.Text;

namespace FanOut.Tests.Events;

/// <summary>Events as Lambda hands them over.</summary>
internal static class Lambda
{
    public const string Stream = "arn:aws:kinesis:us-east-1:123456789012:stream/in";
    public const string Table = "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-11-24T00:00:00.000";
    public const string Topic = "arn:aws:sns:us-east-1:123456789012:topic";

    public static byte[] Event(params string[] records) => Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', records)}}]}""");

    public static string Kinesis(byte[] data, string key = "k", string sequenceNumber = "49", string arn = Stream) => $$"""
        {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"{{key}}","sequenceNumber":"{{sequenceNumber}}","data":"{{Convert.ToBase64String(data)}}",
        "approximateArrivalTimestamp":1545084650.987},"eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-0:{{sequenceNumber}}",
        "eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::123456789012:role/r","awsRegion":"us-east-1","eventSourceARN":"{{arn}}"}
        """;

    public static string Dynamo(string eventName, string keys, string? newImage, string? oldImage, string sequenceNumber = "111") => $$"""
        {"eventID":"1","eventVersion":"1.0","dynamodb":{"Keys":{{keys}}{{(newImage is null ? "" : ",\"NewImage\":" + newImage)}}{{(oldImage is null ? "" : ",\"OldImage\":" + oldImage)}},
        "StreamViewType":"NEW_AND_OLD_IMAGES","SequenceNumber":"{{sequenceNumber}}","SizeBytes":26},"awsRegion":"us-east-1","eventName":"{{eventName}}",
        "eventSourceARN":"{{Table}}","eventSource":"aws:dynamodb"}
        """;

    public static string Sns(string message, string id = "95df01b4") => $$"""
        {"EventSource":"aws:sns","EventVersion":"1.0","EventSubscriptionArn":"{{Topic}}:21be56ed","Sns":{"Type":"Notification","MessageId":"{{id}}",
        "TopicArn":"{{Topic}}","Subject":null,"Message":"{{message}}","Timestamp":"2026-11-24T00:00:00.000Z","MessageAttributes":{"a":{"Type":"String","Value":"b"} } } }
        """;
}
