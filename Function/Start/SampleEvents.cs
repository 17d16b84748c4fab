using System.Text;
using FanOut.Engine.Events;

namespace FanOut.Dispatch.Start;

/// <summary>Events with one record each, as Lambda hands them over: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html, with-ddb.html, with-sns.html</summary>
internal static class SampleEvents
{
    /// <summary>The source of the records.</summary>
    /// <param name="kind">The kind of source.</param>
    public static string SourceOf(SourceKind kind) => kind switch
    {
        SourceKind.Kinesis => "arn:aws:kinesis:us-east-1:123456789012:stream/sample",
        SourceKind.DynamoDb => "arn:aws:dynamodb:us-east-1:123456789012:table/sample/stream/2026-01-01T00:00:00.000",
        _ => "arn:aws:sns:us-east-1:123456789012:sample",
    };

    /// <summary>The event.</summary>
    /// <param name="kind">The kind of source.</param>
    public static byte[] Of(SourceKind kind) => Encoding.UTF8.GetBytes(kind switch
    {
        SourceKind.Kinesis => $$$$"""
            {"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"sample","sequenceNumber":"49590338271490256608559692538361571095921575989136588898",
            "data":"eyJpZCI6MX0=","approximateArrivalTimestamp":1545084650.987},"eventSource":"aws:kinesis","eventVersion":"1.0",
            "eventID":"shardId-000000000000:49590338271490256608559692538361571095921575989136588898","eventName":"aws:kinesis:record",
            "invokeIdentityArn":"arn:aws:iam::123456789012:role/sample","awsRegion":"us-east-1","eventSourceARN":"{{{{SourceOf(kind)}}}}"}]}
            """,
        SourceKind.DynamoDb => $$$$"""
            {"Records":[{"eventID":"1","eventVersion":"1.1","dynamodb":{"ApproximateCreationDateTime":1545084650,"Keys":{"id":{"S":"sample"}},
            "NewImage":{"id":{"S":"sample"},"n":{"N":"1"},"m":{"M":{"b":{"BOOL":true},"l":{"L":[{"NULL":true}]} } } },"SequenceNumber":"111","SizeBytes":26,
            "StreamViewType":"NEW_IMAGE"},"awsRegion":"us-east-1","eventName":"INSERT","eventSourceARN":"{{{{SourceOf(kind)}}}}","eventSource":"aws:dynamodb"}]}
            """,
        _ => $$$$"""
            {"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","EventSubscriptionArn":"{{{{SourceOf(kind)}}}}:21be56ed","Sns":{"Type":"Notification",
            "MessageId":"95df01b4-ee98-5cb9-9903-4c221d41eb5e","TopicArn":"{{{{SourceOf(kind)}}}}","Subject":null,"Message":"{\"id\":1}",
            "Timestamp":"2026-01-01T00:00:00.000Z","MessageAttributes":{} } }]}
            """,
    });
}
