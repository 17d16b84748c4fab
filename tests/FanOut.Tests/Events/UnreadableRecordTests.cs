using System.Text;
using FanOut.Engine.Events;
using FanOut.Tests.Fuzzing;

namespace FanOut.Tests.Events;

public class UnreadableRecordTests
{
    private static readonly string Kinesis = LambdaEvent.Kinesis([1], "key", "17");

    public static TheoryData<string, string> Poisoned => new()
    {
        { "null", "it is no object" },
        { "[{}]", "it is no object" },
        { "{}", "it is none of Kinesis, DynamoDB Streams or SNS" },
        { With("\"kinesis\":{", "\"kinesis\":5,\"other\":{"), "kinesis is no object" },
        { With("\"kinesis\":{", "\"kinesis\":null,\"other\":{"), "kinesis is no object" },
        { With("\"sequenceNumber\":\"17\"", "\"x\":1"), "it has no sequenceNumber" },
        { With("\"sequenceNumber\":\"17\"", "\"sequenceNumber\":17"), "sequenceNumber is no text" },
        { With("\"sequenceNumber\":\"17\"", "\"sequenceNumber\":\"1e3\""), "its sequence number is no decimal number" },
        { With("\"sequenceNumber\":\"17\"", "\"sequenceNumber\":\"1.2.3\""), "its sequence number is no decimal number" },
        { With("\"sequenceNumber\":\"17\"", "\"sequenceNumber\":\"17.\""), "its sequence number is no decimal number" },
        { With("\"sequenceNumber\":\"17\"", "\"sequenceNumber\":\".3\""), "its sequence number is no decimal number" },
        { With("\"sequenceNumber\":\"17\"", "\"sequenceNumber\":\"\""), "its sequence number is no decimal number" },
        { With("\"sequenceNumber\":\"17\"", $"\"sequenceNumber\":\"{new string('1', 130)}\""), "its sequence number is no decimal number" },
        { With("\"sequenceNumber\":\"17\"", "\"sequenceNumber\":\"17\",\"sequenceNumber\":\"18\""), "sequenceNumber stands in it twice" },
        { With("\"partitionKey\":\"key\"", "\"partitionKey\":null"), "partitionKey is no text" },
        { With("\"partitionKey\":\"key\"", "\"partitionKey\":\"\\ud800\""), "partitionKey holds half a surrogate pair" },
        { With("\"partitionKey\":\"key\"", "\"x\":\"key\""), "it has no partitionKey" },
        { With("\"data\":\"AQ==\"", "\"data\":{}"), "data is no text" },
        { With("\"data\":\"AQ==\"", "\"x\":1"), "it has no data" },
        { With("\"data\":\"AQ==\"", $"\"data\":\"AQ==\",\"x\":{new string('[', 1_100)}{new string(']', 1_100)}"), "it is nested deeper than 1024 levels" },
        { With("\"eventSource\":\"aws:kinesis\"", "\"Sns\":{}"), "it is of more than one kind" },
        { With("\"eventSourceARN\":", "\"x\":"), "it has no eventSourceARN" },
        { With(LambdaEvent.Stream, LambdaEvent.Topic), "the ARN of its source is not that of a stream or topic of its kind" },
        { LambdaEvent.Dynamo("CHANGE", "{}", null, null), "its eventName is none of INSERT, MODIFY and REMOVE" },
        { LambdaEvent.Dynamo("INSERT", "{}", "5", null), "NewImage is no object" },
        { LambdaEvent.Dynamo("INSERT", "[]", null, null), "Keys is no object" },
        { LambdaEvent.Dynamo("INSERT", "{},\"Keys\":{}", null, null), "Keys stands in it twice" },
        { LambdaEvent.Sns("m").Replace("\"Message\":", "\"x\":", StringComparison.Ordinal), "it has no Message" },
        { LambdaEvent.Sns("m", ""), "its MessageId is no id" },
    };

    [Theory]
    [MemberData(nameof(Poisoned))]
    public void A_record_that_cannot_be_read_says_why_and_the_others_are_read(string poisoned, string problem)
    {
        string healthy = poisoned.Contains("dynamodb", StringComparison.Ordinal) ? LambdaEvent.Dynamo("REMOVE", "{}", null, null) : poisoned.Contains("TopicArn", StringComparison.Ordinal) ? LambdaEvent.Sns("m") : Kinesis;

        RecordGroup group = Assert.Single(EventReader.Read(LambdaEvent.Of(poisoned, healthy, poisoned, healthy)));

        string sentence = $"The record cannot be read: {problem}.";
        Assert.Equal([sentence, null, sentence, null], group.Records.Select(static r => r.Problem));
        Assert.Equal([poisoned, healthy, poisoned, healthy], group.Records.Select(static r => Encoding.UTF8.GetString(r.Raw.Span)));
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_the_fault_of_its_record()
    {
        byte[] json = LambdaEvent.Of(Kinesis, LambdaEvent.Kinesis([1], "kex"), Kinesis);
        json[json.AsSpan().IndexOf("kex"u8) + 2] = 0xFF;

        RecordGroup group = Assert.Single(EventReader.Read(json));

        Assert.Equal([null, "The record cannot be read: it is not valid UTF-8.", null], group.Records.Select(static r => r.Problem));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(200)]
    public void A_deep_item_is_read_as_any_other(int levels)
    {
        string item = Poison.NestedItem(levels);
        StreamRecord record = Assert.Single(Assert.Single(EventReader.Read(LambdaEvent.Of(LambdaEvent.Dynamo("INSERT", "{}", item, null)))).Records);

        Assert.Equal((null, item), (record.Problem, Encoding.UTF8.GetString(record.Data.Span)));
    }

    [Fact]
    public void A_record_that_names_another_source_of_its_kind_is_a_record_of_that()
    {
        IReadOnlyList<RecordGroup> groups = EventReader.Read(LambdaEvent.Of(Kinesis, With(LambdaEvent.Stream, LambdaEvent.Stream + "2")));
        Assert.Equal([LambdaEvent.Stream, LambdaEvent.Stream + "2"], groups.Select(static g => g.SourceArn));
    }

    private static string With(string part, string other)
    {
        Assert.Contains(part, Kinesis, StringComparison.Ordinal);
        return Kinesis.Replace(part, other, StringComparison.Ordinal);
    }
}
