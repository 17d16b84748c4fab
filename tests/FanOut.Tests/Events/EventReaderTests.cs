using System.Text;
using CsCheck;
using FanOut.Engine.Events;
using FanOut.Tests.Transform;

namespace FanOut.Tests.Events;

public class EventReaderTests
{
    [Fact]
    public void A_Kinesis_record_is_read()
    {
        string json = LambdaEvent.Kinesis([1, 2, 3], "ключ", "495903");
        RecordGroup group = Assert.Single(EventReader.Read(LambdaEvent.Of(json)));

        Assert.Equal((LambdaEvent.Stream, SourceKind.Kinesis, true), (group.SourceArn, group.Kind, group.ReportsItems));
        StreamRecord record = Assert.Single(group.Records);
        Assert.Equal((json, "ключ", "495903", "AQID", ChangeKind.None), (Text(record.Raw), Text(record.Key), Text(record.SequenceNumber), Text(record.Data), record.Change));
    }

    [Theory]
    [InlineData("INSERT", ChangeKind.Insert, "{\"a\":{\"S\":\"}\"}}", null)]
    [InlineData("MODIFY", ChangeKind.Modify, "{\"a\":{\"S\":\"n\"}}", "{ \"a\" : {\"S\":\"o\"} }")]
    [InlineData("REMOVE", ChangeKind.Remove, null, "{\"a\":{\"N\":\"1\"}}")]
    [InlineData("REMOVE", ChangeKind.Remove, null, null)]
    public void A_DynamoDB_record_is_read(string eventName, ChangeKind change, string? newImage, string? oldImage)
    {
        string json = LambdaEvent.Dynamo(eventName, "{\"id\":{\"S\":\"x\"}}", newImage, oldImage);
        RecordGroup group = Assert.Single(EventReader.Read(LambdaEvent.Of(json)));

        Assert.Equal((LambdaEvent.Table, SourceKind.DynamoDb, true), (group.SourceArn, group.Kind, group.ReportsItems));
        StreamRecord record = Assert.Single(group.Records);
        Assert.Equal((json, "{\"id\":{\"S\":\"x\"}}", "111", change), (Text(record.Raw), Text(record.Key), Text(record.SequenceNumber), record.Change));
        Assert.Equal((newImage ?? "", oldImage ?? ""), (Text(record.Data), Text(record.OldImage)));
    }

    [Fact]
    public void An_SNS_message_is_read_without_its_escapes()
    {
        string json = LambdaEvent.Sns("""{\"a\":\"\u00e9\ud83d\udd11\n\"}""");
        RecordGroup group = Assert.Single(EventReader.Read(LambdaEvent.Of(json)));

        Assert.Equal((LambdaEvent.Topic, SourceKind.Sns, false), (group.SourceArn, group.Kind, group.ReportsItems));
        StreamRecord record = Assert.Single(group.Records);
        Assert.Equal((json, "{\"a\":\"é🔑\n\"}"), (Text(record.Raw), Text(record.Data)));
        Assert.Equal(("95df01b4", "95df01b4"), (Text(record.Key), Text(record.SequenceNumber)));
    }

    [Fact]
    public void Escapes_are_undone_wherever_text_stands()
    {
        string json = LambdaEvent.Kinesis([0xFF, 0xFF, 0xFF], """a\"\\\u0001""").Replace("////", """\/\/\/\/""", StringComparison.Ordinal).Replace("\"kinesis\":", "\"k\\u0069nesis\":", StringComparison.Ordinal);
        StreamRecord record = Assert.Single(Assert.Single(EventReader.Read(LambdaEvent.Of(json))).Records);

        Assert.Equal(("a\"\\\u0001", "////"), (Text(record.Key), Text(record.Data)));
    }

    [Fact]
    public void A_consumer_of_enhanced_fan_out_is_its_stream()
    {
        RecordGroup group = Assert.Single(EventReader.Read(LambdaEvent.Of(
            LambdaEvent.Kinesis([1], arn: LambdaEvent.Stream + "/consumer/fanout:1634000000"), LambdaEvent.Kinesis([2]), LambdaEvent.Kinesis([3], arn: LambdaEvent.Stream + "/consumer/other:1"))));

        Assert.Equal((LambdaEvent.Stream, 3), (group.SourceArn, group.Records.Count));
    }

    [Fact]
    public void Records_of_several_sources_are_grouped_in_order()
    {
        IReadOnlyList<RecordGroup> groups = EventReader.Read(LambdaEvent.Of(
            LambdaEvent.Kinesis([1], sequenceNumber: "1"), LambdaEvent.Sns("m"), LambdaEvent.Kinesis([1], sequenceNumber: "2", arn: LambdaEvent.Stream + "2"),
            LambdaEvent.Dynamo("REMOVE", "{}", null, null), LambdaEvent.Kinesis([1], sequenceNumber: "3")));

        Assert.Equal([LambdaEvent.Stream, LambdaEvent.Topic, LambdaEvent.Stream + "2", LambdaEvent.Table], groups.Select(g => g.SourceArn));
        Assert.Equal(["1", "3"], groups[0].Records.Select(r => Text(r.SequenceNumber)));
        Assert.Equal("2", Text(Assert.Single(groups[2].Records).SequenceNumber));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"Records\":{}}")]
    [InlineData("{\"Records\":[null]}")]
    [InlineData("{\"Records\":[{}]}")]
    [InlineData("{\"Records\":[{\"messageId\":\"1\",\"body\":\"b\",\"eventSource\":\"aws:sqs\",\"eventSourceARN\":\"arn:aws:sqs:us-east-1:1:q\"}]}")]
    [InlineData("{\"Records\":[{\"eventSourceARN\":\"a\",\"kinesis\":5,\"sequenceNumber\":\"1\"}]}")]
    [InlineData("{\"Records\":[{\"eventSourceARN\":\"a\",\"kinesis\":[{\"sequenceNumber\":\"1\"}]}]}")]
    [InlineData("{\"Records\":[{\"eventSourceARN\":\"a\",\"kinesis\":null}]}")]
    [InlineData("{\"Records\":[{\"eventSourceARN\":\"a\",\"kinesis\":{\"sequenceNumber\":7}}]}")]
    [InlineData("{\"Records\":[{\"eventSourceARN\":\"a\",\"kinesis\":{\"sequenceNumber\":\"1\",\"partitionKey\":\"\\ud800\"}}]}")]
    [InlineData("{\"Records\":[{\"\\ud800\":1}]}")]
    [InlineData("{\"Records\":[{\"eventSourceARN\":\"a\",\"kinesis\":{\"sequenceNumber\":\"1\"}}")]
    [InlineData("{\"Records\":[{\"eventSourceARN\":\"a\",\"kinesis\":{\"sequenceNumber\":\"1\"}}]} x")]
    public void What_is_not_an_event_of_ours_is_refused(string json) =>
        Assert.NotEmpty(Assert.Throws<InvalidEventException>(() => EventReader.Read(Encoding.UTF8.GetBytes(json))).Message);

    // The second as Lambda ends a tumbling window: https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html.
    [Theory]
    [InlineData("{\"Records\":[]}")]
    [InlineData("""{"Records":[],"window":{"start":"2026-12-01T07:00:00Z","end":"2026-12-01T07:05:00Z"},"state":{},"shardId":"shardId-000000000006","eventSourceARN":"arn:aws:kinesis:us-east-1:123456789012:stream/orders","isFinalInvokeForWindow":true,"isWindowTerminatedEarly":false}""")]
    public void An_event_without_any_record_is_none_to_refuse(string json) => Assert.Empty(EventReader.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_damaged_event_is_read_or_refused_and_its_records_never_leave_it()
    {
        byte[] whole = LambdaEvent.Of(LambdaEvent.Kinesis([1, 2, 3], """k\u00e9"""), LambdaEvent.Dynamo("MODIFY", "{\"id\":{\"S\":\"x\"}}", "{}", "{}"), LambdaEvent.Sns("""m\n"""));
        Arbitrary.Damaged(whole, "{}[]\",:\\u0d8").Sample(bytes =>
        {
            try
            {
                foreach (StreamRecord record in EventReader.Read(bytes).SelectMany(g => g.Records))
                {
                    Assert.True(record.Problem is not null || !record.SequenceNumber.IsEmpty);
                    Assert.False(record.Raw.IsEmpty);
                    Assert.True(record.Problem is not null || (Text(record.Raw).StartsWith('{') && Text(record.Raw).EndsWith('}')));
                }
            }
            catch (InvalidEventException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }, iter: 20_000);
    }

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
