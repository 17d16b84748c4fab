using System.Text;
using FanOut.Engine.Batching;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Batching;

/// <summary>The user properties that a mapping gives to messages of MQTT.</summary>
public sealed class UserPropertiesTests
{
    private static readonly Limits Limits = new(1, 131_072, 131_072);

    [Theory]
    [InlineData("""{"country":"DE","total":12.50}""", """[{"country":"DE"},{"a \"b\":é":"order"},{"total":"12.50"}]""")]
    [InlineData("""{"country":"","total":null}""", """[{"a \"b\":é":"order"},{"total":"null"}]""")]
    [InlineData("""{"country":"\"Ö\"\n\u0001/"}""", """[{"country":"\"Ö\"\n\u0001/"},{"a \"b\":é":"order"}]""")]
    public void They_are_an_array_of_pairs_and_one_without_a_value_is_left_out(string data, string json) =>
        Assert.Equal([json], JsonOf("""{"country":"<data.country>","a \"b\":é":"order","total":"<data.total>"}""", data));

    [Fact]
    public void A_message_may_have_none() => Assert.Equal(["", """[{"a":"1"}]"""], JsonOf("""{"a":"<data.a>"}""", "{}", """{"a":1}"""));

    [Fact]
    public void They_count_in_the_size_to_the_byte()
    {
        const string Data = """{"country":"Öst\"erreich"}""", Properties = """{"country":"<data.country>","none":"<data.none>","é":"1"}""";
        int bytes = Encoding.UTF8.GetByteCount(Data) + (7 + 12) + (2 + 1);

        Assert.Equal(bytes, Assert.Single(Batch(Collapse.None, Properties, Limits with { ItemBytes = bytes }, Data).Items).Bytes);
        Assert.Equal("Oversize", Assert.Single(Batch(Collapse.None, Properties, Limits with { ItemBytes = bytes - 1 }, Data).Failed).Failure.Code);
    }

    [Fact]
    public void Records_share_a_message_where_theirs_are_the_same_up_to_the_limit()
    {
        const string Properties = """{"country":"<data.country>"}""";
        string[] data = ["""{"country":"DE","n":1}""", """{"country":"DE","n":2}""", """{"country":"AT","n":3}""", """{"n":4}""", """{"n":5}""", """{"country":"DE","n":6}"""];

        Assert.Equal([2, 1, 2, 1], Batch(Collapse.Json, Properties, Limits, data).Items.Select(static i => i.Count));

        int two = Messages.JsonFrame + (2 * data[0].Length) + 1 + 7 + 2;
        Assert.Equal([2, 1], Batch(Collapse.Json, Properties, Limits with { ItemBytes = two }, data[0], data[1], data[0]).Items.Select(static i => i.Count));
        Assert.Equal([1, 1, 1], Batch(Collapse.Json, Properties, Limits with { ItemBytes = two - 1 }, data[0], data[1], data[0]).Items.Select(static i => i.Count));
    }

    // [{"a":"…"}] has 10 bytes around the value.
    [Theory]
    [InlineData(8_182, null)]
    [InlineData(8_183, "UserPropertiesTooLong")]
    public void What_a_header_does_not_carry_fails_its_record_alone(int characters, string? code)
    {
        TargetBatch batch = Batch(Collapse.None, """{"a":"<data.v>"}""", Limits, $$"""{"v":"{{new string('x', characters)}}"}""", """{"v":"1"}""");

        Assert.Equal(code is null ? [] : new[] { (0, FailureClass.PermanentItem, code) }, batch.Failed.Select(static f => (f.Payload, f.Failure.Class, f.Failure.Code)));
        Assert.Equal(code is null ? 2 : 1, batch.Count);
    }

    [Fact]
    public void A_null_character_fails_its_record_alone()
    {
        TargetBatch batch = Batch(Collapse.None, """{"a":"<data.v>"}""", Limits, """{"v":"x\u0000"}""", """{"v":"\u0001"}""");

        (int payload, Failure failure) = Assert.Single(batch.Failed);
        Assert.Equal((0, FailureClass.PermanentItem, "InvalidAttribute"), (payload, failure.Class, failure.Code));
        Assert.DoesNotContain("x", failure.Reason.Replace("text", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(1, batch.Count);
    }

    [Fact]
    public void What_a_topic_s_message_has_itself_is_not_sent_on()
    {
        RecordGroup group = Assert.Single(EventReader.Read(LambdaEvent.Of(LambdaEvent.Sns("{\\\"country\\\":\\\"DE\\\"}"))));
        Mapping mapping = MappingOf(Collapse.None, """{"country":"<data.country>"}""");
        Payloads payloads = MakePayloads.Of(group, PayloadOptions.Of(mapping, PayloadForm.Bytes));

        Assert.Equal("""[{"country":"DE"}]""", Encoding.UTF8.GetString(UserProperties.Of(mapping)!.JsonOf(payloads, payloads.All[0])));
    }

    [Theory]
    [InlineData("""{"a":{"Number":"1"}}""", "'a' has the type 'Number', which is not String: the user properties of iot are texts")]
    [InlineData("""{"a":{"String.Array":"<data.tags>"}}""", "'a' has the type 'String.Array'")]
    [InlineData("""{"":"1"}""", "'' is no name")]
    [InlineData("""{"a\u0000":"1"}""", "no control characters")]
    [InlineData("""{"a\n":"1"}""", "no control characters")]
    [InlineData("""{"a":"1","a":"2"}""", "names 'a' twice")]
    [InlineData("{}", "names no attribute")]
    public void What_is_no_user_property_is_told(string text, string problem)
    {
        Assert.False(AttributeTemplates.TryParse(text, AttributeRules.UserProperties, SourceKind.Kinesis, "", "", out _, out string? told));
        Assert.Contains(problem, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS.x")]
    [InlineData("ContentEncoding")]
    [InlineData("..")]
    [InlineData("traceparent:ö 😀")]
    public void Their_names_are_freer_than_those_of_messages(string name)
    {
        string text = $$"""{"{{name}}":"1"}""";
        Assert.True(AttributeTemplates.TryParse(text, AttributeRules.UserProperties, null, "", "", out _, out string? problem), problem);
        Assert.False(AttributeTemplates.TryParse(text, AttributeRules.Queues, null, "", "", out _, out _));
    }

    [Theory]
    [InlineData(100, 1_024, true)]
    [InlineData(101, 1, false)]
    [InlineData(1, 1_025, false)]
    public void There_are_a_hundred_at_most_with_names_of_1024_characters(int count, int length, bool isAllowed) => Assert.Equal(
        isAllowed,
        AttributeTemplates.TryParse(
            "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{$"{i}".PadLeft(length, 'a')}\":\"1\"")) + "}", AttributeRules.UserProperties, null, "", "", out _, out _));

    private static string[] JsonOf(string properties, params string[] data)
    {
        Mapping mapping = MappingOf(Collapse.None, properties);
        TargetBatch batch = Batch(Collapse.None, properties, Limits, data);
        Assert.Empty(batch.Failed);
        return [.. batch.Items.Select(i => Encoding.UTF8.GetString(UserProperties.Of(mapping)!.JsonOf(batch.Payloads, batch[i.First])))];
    }

    private static TargetBatch Batch(Collapse collapse, string properties, Limits limits, params string[] data)
    {
        RecordGroup group = Assert.Single(EventReader.Read(LambdaEvent.Of([.. data.Select(static (d, i) => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(d), $"k{i}", $"{i}"))])));
        Mapping mapping = MappingOf(collapse, properties);
        return TargetBatch.Of(MakePayloads.Of(group, PayloadOptions.Of(mapping, PayloadForm.Bytes)), new Messages(collapse, limits, textOnly: false, properties: UserProperties.Of(mapping)));
    }

    private static Mapping MappingOf(Collapse collapse, string properties) => TestTargets.Mapping(TargetType.Iot) with
    {
        Collapse = collapse,
        MessageAttributes = AttributeTemplates.TryParse(properties, AttributeRules.UserProperties, null, "", "", out AttributeTemplates? parsed, out string? problem)
            ? parsed : throw new InvalidOperationException(problem),
    };
}
