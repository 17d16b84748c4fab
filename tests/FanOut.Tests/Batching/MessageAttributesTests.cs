using System.Text;
using FanOut.Engine.Batching;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Batching;

/// <summary>The attributes that a mapping gives to messages.</summary>
public sealed class MessageAttributesTests
{
    private const string All = """{"country":"<data.country>","kind":"order","total":{"Number":"<data.total>"},"tags":{"String.Array":"<data.tags>"}}""";

    private static readonly Limits Limits = new(10, 262_144, 1_048_576);

    [Fact]
    public void They_have_the_record_s_values_and_types_and_one_that_is_missing_is_left_out()
    {
        TargetBatch batch = Batch(Collapse.None, All, """{"country":"DE","total":12.50,"tags":["a",1]}""", """{"total":null,"country":""}""", """{"country":7,"tags":[]}""");

        Assert.Equal(
            [
                "country String DE|kind String order|total Number 12.50|tags String.Array [\"a\",1]",
                "kind String order",
                "country String 7|kind String order|tags String.Array []",
            ],
            Shown(batch, Collapse.None, All));
    }

    [Fact]
    public void They_count_in_the_size_to_the_byte()
    {
        const string Data = """{"country":"Österreich"}""", Attributes = """{"country":"<data.country>","n":{"Number":"1"}}""";
        int bytes = Encoding.UTF8.GetByteCount(Data) + (7 + 6 + 11) + (1 + 6 + 1);

        Assert.Equal(bytes, Assert.Single(Batch(Collapse.None, Attributes, Limits with { ItemBytes = bytes }, Data).Items).Bytes);
        Assert.Equal("Oversize", Assert.Single(Batch(Collapse.None, Attributes, Limits with { ItemBytes = bytes - 1 }, Data).Failed).Failure.Code);
    }

    [Fact]
    public void Records_share_a_message_where_their_attributes_are_the_same_up_to_the_limit()
    {
        const string Attributes = """{"country":"<data.country>"}""";
        string[] data = ["""{"country":"DE","n":1}""", """{"country":"DE","n":2}""", """{"country":"AT","n":3}""", """{"n":4}""", """{"n":5}""", """{"country":"DE","n":6}"""];

        TargetBatch batch = Batch(Collapse.Json, Attributes, data);
        Assert.Equal([2, 1, 2, 1], batch.Items.Select(static i => i.Count));
        Assert.Equal(["country String DE", "country String AT", "", "country String DE"], Shown(batch, Collapse.Json, Attributes));

        int two = Messages.JsonFrame + (2 * data[0].Length) + 1 + 7 + 6 + 2;
        Assert.Equal([2, 1], Batch(Collapse.Json, Attributes, Limits with { ItemBytes = two }, data[0], data[1], data[0]).Items.Select(static i => i.Count));
        Assert.Equal([1, 1, 1], Batch(Collapse.Json, Attributes, Limits with { ItemBytes = two - 1 }, data[0], data[1], data[0]).Items.Select(static i => i.Count));
    }

    [Theory]
    [InlineData("""{"a":{"Number":"<data.v>"}}""", """{"v":"twelve"}""", "is no number")]
    [InlineData("""{"a":{"Number":"<data.v>"}}""", """{"v":true}""", "is no number")]
    [InlineData("""{"a":{"String.Array":"<data.v>"}}""", """{"v":"a"}""", "is no array")]
    [InlineData("""{"a":"<data.v>"}""", "{\"v\":\"\\u0001\"}", "XML does not allow")]
    public void A_value_that_a_message_cannot_have_fails_its_record_alone(string attributes, string data, string reason)
    {
        TargetBatch batch = Batch(Collapse.None, attributes, data, """{"v":null}""");

        (int payload, Failure failure) = Assert.Single(batch.Failed);
        Assert.Equal((0, FailureClass.PermanentItem, "InvalidAttribute"), (payload, failure.Class, failure.Code));
        Assert.Contains(reason, failure.Reason, StringComparison.Ordinal);
        Assert.Equal(1, batch[Assert.Single(batch.Items).First].Record);
    }

    // https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html: texts, numbers, true, false and null. A subscription that filters by another drops the message.
    [Theory]
    [InlineData("""["a",1.5,true,false,null]""", null)]
    [InlineData("[]", null)]
    [InlineData("""[{"a":1}]""", "InvalidAttribute")]
    [InlineData("""["a",["b"]]""", "InvalidAttribute")]
    public void An_array_of_a_topic_s_message_has_no_others_in_it_and_that_of_a_queue_s_may(string array, string? code)
    {
        const string Attributes = """{"tags":{"String.Array":"<data.tags>"}}""";
        string data = $$"""{"tags":{{array}}}""";
        Mapping topic = TestTargets.Mapping(TargetType.Sns) with { Collapse = Collapse.None, MessageAttributes = MappingOf(Collapse.None, Attributes).MessageAttributes };
        RecordGroup group = Assert.Single(EventReader.Read(LambdaEvent.Of(LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(data)))));
        using TargetBatch toTopic = TargetBatch.Of(MakePayloads.Of(group, PayloadOptions.Of(topic, PayloadForm.Bytes)), new Messages(Collapse.None, Limits, textOnly: true, own: MessageAttributes.Of(topic)));

        Assert.Equal(code, toTopic.Failed.Select(static f => f.Failure.Code).SingleOrDefault());
        Assert.Empty(Batch(Collapse.None, Attributes, data).Failed);
    }

    // What they are for: https://docs.aws.amazon.com/sns/latest/dg/sms_sending-overview.html, https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html
    [Theory]
    [InlineData("AWS.SNS.SMS.SenderID")]
    [InlineData("AWS.SNS.MOBILE.APNS.TTL")]
    [InlineData("AWS.MM.SMS.OriginationNumber")]
    public void What_AWS_reserves_for_phones_a_topic_takes_and_a_queue_does_not(string name)
    {
        string text = $$"""{"{{name}}":"1"}""";
        Assert.True(AttributeTemplates.TryParse(text, AttributeRules.Topics, null, "", "", out _, out string? problem), problem);
        Assert.False(AttributeTemplates.TryParse(text, AttributeRules.Queues, null, "", "", out _, out _));
        Assert.False(AttributeTemplates.TryParse("""{"AWS.x":"1"}""", AttributeRules.Topics, null, "", "", out _, out _));
    }

    [Fact]
    public void Of_two_of_a_name_the_mapping_s_counts_where_it_has_a_value_and_a_queue_takes_ten()
    {
        const string Given = "\"a\":{\"Type\":\"String\",\"Value\":\"b\"}", Two = "\"country\":{\"Type\":\"String\",\"Value\":\"old\"},\"more\":{\"Type\":\"String\",\"Value\":\"1\"}";
        string own = LambdaEvent.Sns("{\\\"country\\\":\\\"DE\\\"}").Replace(Given, Two, StringComparison.Ordinal);
        string none = own.Replace("DE", "", StringComparison.Ordinal);
        RecordGroup group = Assert.Single(EventReader.Read(LambdaEvent.Of(own, none)));
        const string Attributes = """{"country":"<data.country>"}""";
        string many = "{" + string.Join(',', Enumerable.Range(0, 9).Select(static i => $"\"a{i}\":\"1\"")) + "}";

        Assert.Equal(["more String 1|country String DE", "country String old|more String 1"], Shown(Batch(group, Collapse.None, Attributes, Limits), Collapse.None, Attributes));
        Assert.Equal(["TooManyAttributes", "TooManyAttributes"], Batch(group, Collapse.None, many, Limits).Failed.Select(static f => f.Failure.Code));
    }

    [Theory]
    [InlineData("[]", "is no object")]
    [InlineData("{", "is no JSON")]
    [InlineData("{}", "names no attribute")]
    [InlineData("""{"a":1}""", "'a' has no text")]
    [InlineData("""{"a":""}""", "'a' has no text")]
    [InlineData("""{"a":{"Number":"1","String":"1"}}""", "'a' has no text")]
    [InlineData("""{"a":{"Binary":"1"}}""", "'a' has the type 'Binary'")]
    [InlineData("""{"a b":"1"}""", "'a b' is no name of an attribute")]
    [InlineData("""{"a..b":"1"}""", "'a..b' is no name of an attribute")]
    [InlineData("""{".a":"1"}""", "'.a' is no name of an attribute")]
    [InlineData("""{"aws.a":"1"}""", "reserved")]
    [InlineData("""{"AMAZON.a":"1"}""", "reserved")]
    [InlineData("""{"ContentEncoding":"1"}""", "FanOut gives it")]
    [InlineData("""{"a":"1","a":"2"}""", "names 'a' twice")]
    [InlineData("""{"a":"<newImage.id>"}""", "'a' asks for")]
    [InlineData("""{"\ud800":"1"}""", "half a surrogate pair")]
    [InlineData("""{"a":"\ud800"}""", "half a surrogate pair")]
    [InlineData("""{"a":{"\ud800":"1"}}""", "half a surrogate pair")]
    public void What_is_no_attribute_is_told(string text, string problem)
    {
        Assert.False(AttributeTemplates.TryParse(text, AttributeRules.Queues, SourceKind.Kinesis, "", "", out _, out string? told));
        Assert.Contains(problem, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void There_are_ten_at_most(int count, bool isAllowed) => Assert.Equal(
        isAllowed, AttributeTemplates.TryParse("{" + string.Join(',', Enumerable.Range(0, count).Select(static i => $"\"a{i}\":\"1\"")) + "}", AttributeRules.Queues, null, "", "", out _, out _));

    private static TargetBatch Batch(Collapse collapse, string attributes, params string[] data) => Batch(collapse, attributes, Limits, data);

    private static TargetBatch Batch(Collapse collapse, string attributes, Limits limits, params string[] data) =>
        Batch(Assert.Single(EventReader.Read(LambdaEvent.Of([.. data.Select(static (d, i) => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(d), $"k{i}", $"{i}"))]))), collapse, attributes, limits);

    private static TargetBatch Batch(RecordGroup group, Collapse collapse, string attributes, Limits limits)
    {
        Mapping mapping = MappingOf(collapse, attributes);
        return TargetBatch.Of(MakePayloads.Of(group, PayloadOptions.Of(mapping, PayloadForm.Bytes)), MessagesOf(mapping, limits));
    }

    private static string[] Shown(TargetBatch batch, Collapse collapse, string attributes)
    {
        Messages messages = MessagesOf(MappingOf(collapse, attributes), Limits);
        return [.. batch.Items.Select(i => string.Join('|', (messages.ExtrasOf(batch, i).Attributes ?? []).Select(static a => $"{a.Name} {a.DataType} {a.Value}")))];
    }

    private static Messages MessagesOf(Mapping mapping, Limits limits) => new(mapping.Collapse, limits, textOnly: true, 10, own: MessageAttributes.Of(mapping));

    private static Mapping MappingOf(Collapse collapse, string attributes) => TestTargets.Mapping(TargetType.Sqs) with
    {
        Collapse = collapse,
        MessageAttributes = AttributeTemplates.TryParse(attributes, AttributeRules.Queues, null, "", "", out AttributeTemplates? parsed, out string? problem) ? parsed : throw new InvalidOperationException(problem),
    };
}
