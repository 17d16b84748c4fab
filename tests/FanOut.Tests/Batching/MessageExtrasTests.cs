using System.Text;
using FanOut.Aws;
using FanOut.Engine.Batching;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Batching;

/// <summary>Subjects and attributes of a topic's messages, on their way to queues and topics.</summary>
public sealed class MessageExtrasTests
{
    private const string Kind = """{"kind":{"Type":"String","Value":"örder"},"count":{"Type":"Number","Value":"12"},"raw":{"Type":"Binary","Value":"AQID"},"all":{"Type":"String.Array","Value":"[\"a\"]"}}""";

    [Fact]
    public void Subject_and_attributes_are_read_as_they_stand_in_the_event()
    {
        MessageExtras extras = Extras(Record("m", "\"a \\\"subject\\\"\"", Kind));

        Assert.Equal("a \"subject\"", extras.Subject);
        Assert.Equal([new("kind", "örder"), new("count", "12", "Number"), new("raw", "AQID", "Binary"), new("all", "[\"a\"]", "String.Array")], extras.Attributes!);
        Assert.Equal((4 + 6 + 6) + (5 + 6 + 2) + (3 + 6 + 3) + (3 + 12 + 5) + 11, extras.Bytes);
    }

    [Theory]
    [InlineData("null", "{}")]
    [InlineData("\"\"", "null")]
    [InlineData("7", "[]")]
    [InlineData("null", """{"a":null,"b":"text","c":{"Type":"String"},"d":{"Value":"v"},"e":{"Type":"String","Value":7}}""")]
    [InlineData("\"half \\ud800\"", "{}")]
    public void What_is_absent_or_not_understood_is_none(string subject, string attributes) => Assert.True(Extras(Record("m", subject, attributes)).IsEmpty);

    [Fact]
    public void Records_without_any_cost_nothing_more()
    {
        Assert.Null(Payloads(Record("a", "null", "{}"), Record("b", "null", "{}")).Extras);
        Assert.Single(Batch(Collapse.Concat, null, Record("a", "null", "{}"), Record("b", "null", "{}")).Items);
    }

    [Theory]
    [InlineData(Collapse.Json, Messages.JsonFrame)]
    [InlineData(Collapse.Concat, 0)]
    [InlineData(Collapse.None, 0)]
    public void A_message_with_extras_shares_its_own_with_no_other_and_is_as_large_as_they_make_it(Collapse collapse, int frame)
    {
        TargetBatch batch = Batch(collapse, null, Record("1", "null", "{}"), Record("2", "\"s\"", """{"a":{"Type":"String","Value":"b"}}"""), Record("3", "null", "{}"));

        Assert.Equal([new Item(0, 1, frame + 1), new Item(1, 1, frame + 1 + 1 + (1 + 6 + 1)), new Item(2, 1, frame + 1)], batch.Items);
    }

    [Fact]
    public void What_is_too_large_with_its_attributes_fails_as_oversize()
    {
        string attributes = $$$"""{"a":{"Type":"String","Value":"{{{new string('v', 80)}}}"}}""";

        Assert.Equal(FailureClass.Oversize, Assert.Single(Batch(Collapse.None, null, Record(new string('m', 15), "null", attributes)).Failed).Failure.Class);
        Assert.Single(Batch(Collapse.None, null, Record(new string('m', 14), "null", attributes)).Items);
    }

    [Theory]
    [InlineData(10, "null", 10)]
    [InlineData(9, "\"s\"", 10)]
    [InlineData(10, "\"s\"", 10)]
    public void A_queue_takes_ten_attributes_and_the_subject_is_one_where_there_is_room(int count, string subject, int expected)
    {
        Messages queue = new(Collapse.None, new Limits(10, 1000, 1000), textOnly: true, mostAttributes: 10);
        TargetBatch batch = TargetBatch.Of(Payloads(Record("m", subject, Attributes(count))), queue);

        MessageExtras extras = queue.ExtrasOf(batch, Assert.Single(batch.Items));
        Assert.Equal((null, expected), (extras.Subject, extras.Attributes!.Count));
        Assert.Equal(count == 9, extras.Attributes.Contains(new MessageAttributeValue("Subject", "s")));
        Assert.Equal(1 + extras.Bytes, batch.Items[0].Bytes);
    }

    // Messages that SNS's console publishes have some: {"AWS.SNS.MOBILE.MPNS.Type":{"Type":"String","Value":"token"},…}. A queue takes none, a topic does.
    [Fact]
    public void Attributes_that_are_AWS_s_own_do_not_go_on_to_queues()
    {
        const string Given = """{"AWS.SNS.MOBILE.MPNS.Type":{"Type":"String","Value":"token"},"a":{"Type":"String","Value":"v"},"amazon.x":{"Type":"String","Value":"v"}}""";
        Messages queue = new(Collapse.None, new Limits(10, 1000, 1000), textOnly: true, mostAttributes: 10), topic = new(Collapse.None, new Limits(10, 1000, 1000), textOnly: true);
        TargetBatch toQueue = TargetBatch.Of(Payloads(Record("m", "\"s\"", Given), Record("n", "null", """{"AWS.x":{"Type":"String","Value":"v"}}""")), queue);

        Assert.Equal(["a", "Subject"], queue.ExtrasOf(toQueue, toQueue.Items[0]).Attributes!.Select(static a => a.Name));
        Assert.True(queue.ExtrasOf(toQueue, toQueue.Items[1]).IsEmpty);
        Assert.Equal([1 + (1 + 6 + 1) + (7 + 6 + 1), 1], toQueue.Items.Select(static i => i.Bytes));

        TargetBatch toTopic = TargetBatch.Of(Payloads(Record("m", "\"s\"", Given)), topic);
        Assert.Equal(3, topic.ExtrasOf(toTopic, toTopic.Items[0]).Attributes!.Count);
    }

    [Fact]
    public void More_attributes_than_a_queue_takes_fail_the_record_alone()
    {
        TargetBatch batch = Batch(Collapse.None, 10, Record("m", "null", Attributes(11)), Record("n", "null", "{}"));

        (int payload, Failure failure) = Assert.Single(batch.Failed);
        Assert.Equal((0, FailureClass.PermanentItem, "TooManyAttributes"), (payload, failure.Class, failure.Code));
        Assert.Equal("The message has 11 attributes, and a message of a queue may have 10.", failure.Reason);
        Assert.Single(batch.Items);
        Assert.Single(Batch(Collapse.None, null, Record("m", "null", Attributes(11))).Items);
    }

    [Fact]
    public void A_filter_keeps_what_passes_together_with_its_extras()
    {
        Payloads all = Payloads(Record("a", "null", "{}"), Record("b", "\"s\"", "{}"));

        Payloads passed = FilterPayloads.Of(all, all, [false, true]);

        Assert.Equal("s", passed.ExtrasOf(Assert.Single(passed.Items).Record).Subject);
    }

    private static string Attributes(int count) => $"{{{string.Join(',', Enumerable.Range(0, count).Select(static i => $$$"""  "a{{{i}}}":{"Type":"String","Value":"v"}"""))}}}";

    private static MessageExtras Extras(string record) => Payloads(record).ExtrasOf(0);

    private static TargetBatch Batch(Collapse collapse, int? mostAttributes, params string[] records) =>
        TargetBatch.Of(Payloads(records), new Messages(collapse, new Limits(10, 101, 101), textOnly: true, mostAttributes));

    private static Payloads Payloads(params string[] records) => MakePayloads.Of(Assert.Single(EventReader.Read(LambdaEvent.Of(records))), new PayloadOptions(PayloadForm.Bytes, false, false, false, View.NewImage));

    private static string Record(string message, string subject, string attributes) => $$$"""
        {"EventSource":"aws:sns","Sns":{"MessageId":"{{{Convert.ToHexString(Encoding.UTF8.GetBytes(message))[..2]}}}","TopicArn":"{{{LambdaEvent.Topic}}}","Subject":{{{subject}}},"Message":"{{{message}}}","MessageAttributes":{{{attributes}}}} }
        """;
}
