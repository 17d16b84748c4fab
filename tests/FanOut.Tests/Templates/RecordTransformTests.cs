using System.Text;
using FanOut.Engine.Events;

namespace FanOut.Tests.Templates;

/// <summary>Transforms as docs/transforming.md describes them.</summary>
public class RecordTransformTests
{
    // The event, the paths, the templates and the outputs of https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html, where an
    // event is the data of a record. What AWS shows over several lines it sends on one: "The JSON that is passed to the target is minified and escaped".
    private const string Ec2 = """
        {"version":"0","id":"7bf73129-1428-4cd3-a780-95db273d1602","detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","account":"123456789012",
        "time":"2015-11-11T21:29:54Z","region":"us-east-1","resources":["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"],
        "detail":{"instance-id":"i-0123456789","state":"RUNNING"}}
        """;

    private const string Ec2Paths = """{"timestamp":"$.data.time","instance":"$.data.detail.instance-id","state":"$.data.detail.state","resource":"$.data.resources[0]"}""";

    [Theory]
    [InlineData("\"instance <instance> is in <state>\"", "\"instance i-0123456789 is in RUNNING\"")]
    [InlineData("\"instance \\\"<instance>\\\" is in <state>\"", "\"instance \\\"i-0123456789\\\" is in RUNNING\"")]
    [InlineData("{\n  \"instance\" : <instance>,\n  \"state\": <state>\n}", """{"instance":"i-0123456789","state":"RUNNING"}""")]
    [InlineData(
        "{\n \"instance\" : <instance>,\n \"state\": \"<state>\",\n \"instanceStatus\": \"instance \\\"<instance>\\\" is in <state>\"\n}",
        """{"instance":"i-0123456789","state":"RUNNING","instanceStatus":"instance \"i-0123456789\" is in RUNNING"}""")]
    [InlineData(
        "{\n  \"instance\" : <instance>,\n  \"state\": [ 9, <state>, true ],\n  \"Transformed\" : \"Yes\"\n}", """{"instance":"i-0123456789","state":[9,"RUNNING",true],"Transformed":"Yes"}""")]
    [InlineData("{ \"timestamp\": <timestamp>, \"resource\": <resource> }", """{"timestamp":"2015-11-11T21:29:54Z","resource":"arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"}""")]
    [InlineData("\"<fanout.mapping> triggered\"", "\"m1 triggered\"")]
    public void The_examples_of_AWS_give_what_AWS_documents(string template, string expected) =>
        Assert.Equal(expected, TransformRecords.Apply(TransformRecords.Of(template, Ec2Paths), LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(Ec2))));

    private const string Order = """{"id":17,"name":"a \"b\"\nü","tags":["x",{"k":null}],"lines":[{"sku":"s1","n":1},{"sku":"s2"},{"n":3}],"on":true,"none":null,"big":1.50e400,"deep":{"er":{"x":1}}}""";

    [Theory]

    // In JSON a value is JSON.
    [InlineData("[<data.id>,<data.name>,<data.tags>,<data.none>,<data.missing>,<data.big>]", """[17,"a \"b\"\nü",["x",{"k":null}],null,null,1.50e400]""")]
    [InlineData("{\"all\":<data>}", "{\"all\":" + Order + "}")]

    // In a string it is text, escaped.
    [InlineData("\"<data.id>|<data.name>|<data.tags>|<data.on>|<data.missing>|\"", """
        "17|a \"b\"\nü|[\"x\",{\"k\":null}]|true||"
        """)]

    // In text it is itself.
    [InlineData("<data.id>,<data.name>,<data.tags>,<data.missing>.", "17,a \"b\"\nü,[\"x\",{\"k\":null}],.")]
    [InlineData("<data.id>", "17")]
    [InlineData("a < b > c <", "a < b > c <")]

    // Paths.
    [InlineData("[<data.lines[0].sku>,<$.data.lines[1].n>,<data.lines[9]>,<data.id.x>,<data.lines.sku>,<data.deep.er>]", """["s1",null,null,null,null,{"x":1}]""")]
    [InlineData("[<data.lines[*].sku>,<data.lines[*].n>,<data.deep.*>,<data.deep.*.x>,<data.id[*]>,<data.missing[*]>]", """[["s1","s2"],[1,3],[{"x":1}],[1],[],null]""")]
    public void Values_are_written_as_their_place_wants_them(string template, string expected) =>
        Assert.Equal(expected.Trim(), TransformRecords.Apply(TransformRecords.Of(template), LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(Order))));

    [Fact]
    public void The_last_of_a_name_that_stands_twice_counts_and_escaped_names_are_found()
    {
        Assert.Equal("[2,3]", TransformRecords.Apply(TransformRecords.Of("[<data.a>,<data.b>]"), LambdaEvent.Kinesis("""{"a":1,"\u0061":2,"\u0062":3}"""u8.ToArray())));
        Assert.Equal("[[3]]", TransformRecords.Apply(TransformRecords.Of("[<data.*.b>]"), LambdaEvent.Kinesis("""{"a":{"\u0062":3}}"""u8.ToArray())));
    }

    [Fact]
    public void What_a_record_has_besides_its_data_is_there_too()
    {
        string record = LambdaEvent.Kinesis("x"u8.ToArray(), "key \\\"1\\\"", "495");
        const string Template = """{"source":<fanout.source>,"shard":<fanout.shardId>,"seq":<fanout.sequenceNumber>,"seq2":<sequenceNumber>,"key":<partitionKey>,"event":<fanout.eventName>,"region":<awsRegion>,"data":<data>}""";

        Assert.Equal(
            $$"""{"source":"{{LambdaEvent.Stream}}","shard":"shardId-000000000000","seq":"495","seq2":"495","key":"key \"1\"","event":"aws:kinesis:record","region":"us-east-1","data":"x"}""",
            TransformRecords.Apply(TransformRecords.Of(Template), record));
        Assert.Matches("^\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"$", TransformRecords.Apply(TransformRecords.Of("\"<fanout.approximateArrivalTime>\""), record));
        Assert.Equal(record, TransformRecords.Apply(TransformRecords.Of("<fanout.record>"), record));
    }

    [Fact]
    public void Changes_of_a_table_are_seen_as_plain_JSON_with_both_images()
    {
        string record = LambdaEvent.Dynamo("MODIFY", """{"id":{"S":"x"}}""", """{"n":{"N":"1.50"},"m":{"M":{"s":{"SS":["b"]}}}}""", """{"n":{"N":"1"}}""");
        const string Template = "{\"id\":<keys.id>,\"new\":<newImage.n>,\"old\":<oldImage.n>,\"all\":<newImage>,\"set\":<newImage.m.s[0]>,\"typed\":<dynamodb.NewImage.n.N>,\"what\":<eventName>,\"gone\":<newImage.x>}";

        Assert.Equal(
            """{"id":"x","new":1.50,"old":1,"all":{"n":1.50,"m":{"s":["b"]}},"set":"b","typed":"1.50","what":"MODIFY","gone":null}""",
            TransformRecords.Apply(TransformRecords.Of(Template, kind: SourceKind.DynamoDb), record));
    }

    [Fact]
    public void A_removed_item_has_no_new_image()
    {
        string record = LambdaEvent.Dynamo("REMOVE", """{"id":{"S":"x"}}""", null, """{"n":{"N":"1"}}""");
        Assert.Equal("""{"id":"x","new":null,"old":1}""", TransformRecords.Apply(TransformRecords.Of("{\"id\":<keys.id>,\"new\":<newImage>,\"old\":<oldImage.n>}", kind: SourceKind.DynamoDb), record));
    }

    [Fact]
    public void Messages_of_a_topic_are_their_text_or_JSON()
    {
        Assert.Equal("id1: 5", TransformRecords.Apply(TransformRecords.Of("<Sns.MessageId>: <data.n>", kind: SourceKind.Sns), LambdaEvent.Sns("""{\"n\":5}""", "id1")));
        Assert.Equal("{\"text\":\"say \\\"x\\\"\"}", TransformRecords.Apply(TransformRecords.Of("{\"text\":<data>}", kind: SourceKind.Sns), LambdaEvent.Sns("""say \"x\" """.TrimEnd(), "id1")));
    }

    [Theory]
    [InlineData("<data.id>", "no JSON", "NotJson")]
    [InlineData("<data.id>", "{\"id\":1", "NotJson")]
    [InlineData("<data.id>", "{\"id\":1} x", "NotJson")]
    [InlineData("<data.id>", "", "NotJson")]
    [InlineData("<data.id>", "{\"id\":\"\\ud800\"}", "Undecodable")]
    [InlineData("{\"id\":<data.id>}", "{\"id\":\"\\ud800\"}", "{\"id\":\"\\ud800\"}")]
    [InlineData("{\"id\":<data>}", "", "{\"id\":\"\"}")]
    public void A_record_that_the_transform_can_do_nothing_with_is_undecodable(string template, string data, string expected) =>
        Assert.Equal(expected, TransformRecords.Apply(TransformRecords.Of(template), LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(data))));

    [Fact]
    public void Bytes_that_are_no_text_are_undecodable_where_the_data_is_wanted_and_no_matter_elsewhere()
    {
        string record = LambdaEvent.Kinesis([0xFF, 0xFE], "k");
        Assert.Equal("NotText", TransformRecords.Apply(TransformRecords.Of("<data>"), record));
        Assert.Equal("k", TransformRecords.Apply(TransformRecords.Of("<partitionKey>"), record));
    }

    [Fact]
    public void What_would_be_larger_than_any_target_takes_is_not_made() =>
        Assert.Equal("Oversize", TransformRecords.Apply(TransformRecords.Of(string.Concat(Enumerable.Repeat("<data>", 1_300))), LambdaEvent.Kinesis(new byte[20_000].Select(static _ => (byte)'x').ToArray())));

    [Fact]
    public void A_line_feed_follows_where_it_is_wanted() =>
        Assert.Equal("{\"a\":1}\n", TransformRecords.Apply(TransformRecords.Of("{\"a\": <data>}"), LambdaEvent.Kinesis(" 1 "u8.ToArray()), appendNewlines: true));

    [Fact]
    public void Transforms_are_equal_when_they_write_the_same()
    {
        Assert.Equal(TransformRecords.Of("<data>"), TransformRecords.Of("<data>"));
        Assert.NotEqual(TransformRecords.Of("<data>"), TransformRecords.Of("<data.a>"));

        string text = TransformRecords.Text("<fanout.mapping>");
        Assert.True(FanOut.Engine.Templates.RecordTransform.TryParse(text, SourceKind.Kinesis, LambdaEvent.Stream, "a", out var a, out _));
        Assert.True(FanOut.Engine.Templates.RecordTransform.TryParse(text, SourceKind.Kinesis, LambdaEvent.Stream, "b", out var b, out _));
        Assert.NotEqual(a, b);
    }
}
