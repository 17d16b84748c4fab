using System.Text.Json;
using System.Xml.Linq;
using FanOut.LocalCloud.Sns;
using FanOut.LocalCloud.Sqs;

namespace FanOut.Tests.LocalCloud.Sns;

public sealed class SnsServiceTests : CloudTests
{
    [Fact]
    public async Task A_raw_subscriber_gets_the_message_as_it_is_and_another_gets_the_envelope()
    {
        SnsTopic topic = Cloud.Sns.CreateTopic("t");
        SqsQueue raw = Cloud.Sqs.CreateQueue("raw"), enveloped = Cloud.Sqs.CreateQueue("enveloped");
        await Call("Subscribe", ("TopicArn", topic.Arn), ("Protocol", "sqs"), ("Endpoint", raw.Arn), ("Attributes.entry.1.key", "RawMessageDelivery"), ("Attributes.entry.1.value", "true"));
        topic.Subscribe(enveloped);

        Answer answer = await Call(
            "Publish",
            ("TopicArn", topic.Arn),
            ("Message", "a+b & ü <\">"),
            ("Subject", "s"),
            ("MessageAttributes.entry.1.Name", "encoding"),
            ("MessageAttributes.entry.1.Value.DataType", "String"),
            ("MessageAttributes.entry.1.Value.StringValue", "base64"));

        Assert.Equal(("a+b & ü <\">", "base64"), (Assert.Single(raw.Messages).Body, raw.Messages[0].Attributes["encoding"].Value));
        JsonElement envelope = JsonDocument.Parse(Assert.Single(enveloped.Messages).Body).RootElement;
        Assert.Equal(
            ("Notification", answer.Xml("MessageId"), topic.Arn, "s", "a+b & ü <\">", "2026-11-24T12:00:00.250Z"),
            (Text(envelope, "Type"), Text(envelope, "MessageId"), Text(envelope, "TopicArn"), Text(envelope, "Subject"), Text(envelope, "Message"), Text(envelope, "Timestamp")));
        Assert.Equal("base64", Text(envelope.GetProperty("MessageAttributes").GetProperty("encoding"), "Value"));
        Assert.Equal("a+b & ü <\">", Assert.Single(Cloud.Sns.Received).Text);
        Assert.Equal(2, Cloud.Sqs.Received.Count);
    }

    [Theory]
    [InlineData(262144, null, null)]
    [InlineData(262145, null, "InvalidParameter")]
    [InlineData(1048576, "1048576", null)]
    [InlineData(1048577, "1048576", "InvalidParameter")]
    public async Task A_message_may_measure_what_the_topic_allows(int size, string? maximum, string? error)
    {
        SnsTopic topic = Cloud.Sns.CreateTopic("t");
        if (maximum is not null)
        {
            await Call("SetTopicAttributes", ("TopicArn", topic.Arn), ("AttributeName", "MaximumMessageSize"), ("AttributeValue", maximum));
        }

        Answer answer = await Call("Publish", ("TopicArn", topic.Arn), ("Message", new string('x', size)));

        Assert.Equal(error, answer.Error);
        Assert.Equal(error is null ? 1 : 0, Cloud.Sns.Received.Count);
    }

    [Theory]
    [InlineData(10, 1, null)]
    [InlineData(11, 1, "TooManyEntriesInBatchRequest")]
    [InlineData(0, 1, "EmptyBatchRequest")]
    [InlineData(2, 131072, null)]
    [InlineData(2, 131073, "BatchRequestTooLong")]
    public async Task A_batch_takes_ten_entries_and_the_topics_bytes_in_total(int count, int size, string? error)
    {
        SnsTopic topic = Cloud.Sns.CreateTopic("t");

        Answer answer = await Batch(topic, [.. Enumerable.Range(0, count).Select(i => ($"{i}", new string('x', size)))]);

        Assert.Equal(error, answer.Error);
        Assert.Equal(error is null ? count : 0, Cloud.Sns.Received.Count);
    }

    [Fact]
    public async Task Entry_ids_are_distinct()
    {
        Answer answer = await Batch(Cloud.Sns.CreateTopic("t"), ("a", "x"), ("a", "y"));

        Assert.Equal((400, "BatchEntryIdsNotDistinct", "Sender"), (answer.Status, answer.Error, answer.Xml("Type")));
    }

    [Fact]
    public async Task A_bad_entry_fails_alone()
    {
        Answer answer = await Batch(Cloud.Sns.CreateTopic("t"), ("control", "a\u0001"), ("good", "x"), ("empty", ""));

        XElement[] failed = [.. Members(answer, "Failed")];
        Assert.Equal(["control", "empty"], failed.Select(member => Value(member, "Id")));
        Assert.All(failed, member => Assert.Equal(("InvalidParameter", "true"), (Value(member, "Code"), Value(member, "SenderFault"))));
        Assert.Equal(["good"], Members(answer, "Successful").Select(member => Value(member, "Id")));
    }

    [Fact]
    public async Task A_FIFO_topic_wants_group_and_deduplication_id_and_takes_each_id_once_in_five_minutes()
    {
        SnsTopic topic = Cloud.Sns.CreateTopic("t.fifo");
        SqsQueue queue = Cloud.Sqs.CreateQueue("q.fifo", new Dictionary<string, string> { ["FifoQueue"] = "true" });
        topic.Subscribe(queue, raw: true);
        (string, string)[] message = [("TopicArn", topic.Arn), ("Message", "x"), ("MessageGroupId", "g"), ("MessageDeduplicationId", "d")];

        Assert.Equal("InvalidParameter", (await Call("Publish", message[..2])).Error);
        Assert.Equal("InvalidParameter", (await Call("Publish", message[..3])).Error);
        Answer first = await Call("Publish", message);
        Answer again = await Call("Publish", message);
        Time.Advance(TimeSpan.FromMinutes(5));
        Answer later = await Call("Publish", message);

        Assert.Equal(first.Xml("SequenceNumber"), again.Xml("SequenceNumber"));
        Assert.True(decimal.Parse(first.Xml("SequenceNumber")!, null) < decimal.Parse(later.Xml("SequenceNumber")!, null));
        Assert.Equal(2, Cloud.Sns.Received.Count);
        Assert.All(queue.Messages, received => Assert.Equal(("g", "d"), (received.GroupId, received.DeduplicationId)));
    }

    [Fact]
    public async Task A_topic_that_is_not_there_or_lies_in_another_region_is_an_error_in_XML()
    {
        SnsTopic far = Cloud.Sns.CreateTopic("t", region: "eu-west-1");

        Answer none = await Call("Publish", ("TopicArn", "arn:aws:sns:us-east-1:123456789012:none"), ("Message", "x"));
        Answer elsewhere = await Call("Publish", ("TopicArn", far.Arn), ("Message", "x"));

        Assert.Equal((404, "NotFound", "Sender"), (none.Status, none.Error, none.Xml("Type")));
        Assert.Equal(none.Headers["x-amzn-RequestId"], none.Xml("RequestId"));
        Assert.Equal((400, "InvalidParameter"), (elsewhere.Status, elsewhere.Error));
    }

    [Fact]
    public async Task Topics_are_made_described_and_listed_by_calls()
    {
        Answer made = await Call("CreateTopic", ("Name", "t.fifo"), ("Attributes.entry.1.key", "FifoTopic"), ("Attributes.entry.1.value", "true"));
        Answer attributes = await Call("GetTopicAttributes", ("TopicArn", made.Xml("TopicArn")!));
        Answer list = await Call("ListTopics");

        Assert.Equal("arn:aws:sns:us-east-1:123456789012:t.fifo", made.Xml("TopicArn"));
        Assert.Contains("<entry><key>MaximumMessageSize</key><value>262144</value></entry>", attributes.Text, StringComparison.Ordinal);
        Assert.Contains("<entry><key>FifoTopic</key><value>true</value></entry>", attributes.Text, StringComparison.Ordinal);
        Assert.Equal(made.Xml("TopicArn"), list.Xml("TopicArn"));
        Assert.Equal("InvalidParameter", (await Call("CreateTopic", ("Name", "t"), ("Attributes.entry.1.key", "FifoTopic"), ("Attributes.entry.1.value", "true"))).Error);
    }

    [Fact]
    public async Task Topics_are_listed_100_at_a_time()
    {
        foreach (int number in Enumerable.Range(0, 101))
        {
            Cloud.Sns.CreateTopic($"t{number:D3}");
        }

        Cloud.Sns.CreateTopic("elsewhere", region: "eu-west-1");
        Answer first = await Call("ListTopics");
        Answer rest = await Call("ListTopics", ("NextToken", first.Xml("NextToken")!));

        Assert.Equal(100, Members(first, "Topics").Count());
        Assert.Equal("arn:aws:sns:us-east-1:123456789012:t100", Value(Members(rest, "Topics").Single(), "TopicArn"));
        Assert.Null(rest.Xml("NextToken"));
    }

    private static string? Text(JsonElement parent, string name) => parent.GetProperty(name).GetString();

    private static string? Value(XElement member, string name) => member.Elements().Single(element => element.Name.LocalName == name).Value;

    private static IEnumerable<XElement> Members(Answer answer, string list) =>
        XDocument.Parse(answer.Text).Descendants().Single(element => element.Name.LocalName == list).Elements();

    private Task<Answer> Call(string action, params (string Name, string Value)[] parameters) => Aws.QueryAsync("sns", [("Action", action), .. parameters]);

    private Task<Answer> Batch(SnsTopic topic, params (string Id, string Message)[] entries) => Call("PublishBatch",
    [
        ("TopicArn", topic.Arn),
        .. entries.SelectMany(((string Id, string Message) entry, int position) => ((string, string)[])
        [
            ($"PublishBatchRequestEntries.member.{position + 1}.Id", entry.Id),
            ($"PublishBatchRequestEntries.member.{position + 1}.Message", entry.Message),
        ]),
    ]);
}
