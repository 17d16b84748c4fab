using System.Text;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Filtering;

/// <summary>What a filter sees of the records of each kind of source, and what it leaves out.</summary>
public sealed class RecordFilterTests
{
    private const string Keys = """{"id":{"S":"x"},"at":{"N":"17"}}""";
    private const string New = """{"price":{"N":"1.50"},"tags":{"SS":["a","b"]},"who":{"M":{"name":{"S":"Pat"}}}}""";
    private const string Old = """{"price":{"N":"1"}}""";

    private static readonly PayloadOptions Plain = new(PayloadForm.Bytes, false, false, false, View.NewImage);

    [Theory]
    [InlineData("""{"data":{"type":["order"]}}""", true)]
    [InlineData("""{"data":{"total":[{"numeric":[">",10]}]}}""", true)]
    [InlineData("""{"data":{"type":["refund"]}}""", false)]
    [InlineData("""{"data":{"nothing":[{"exists":false}]}}""", true)]
    [InlineData("""{"data":[{"prefix":"{\"type\""}]}""", true)]
    [InlineData("""{"data":["order"]}""", false)]
    [InlineData("""{"partitionKey":["k"],"data":{"type":["order"]}}""", true)]
    [InlineData("""{"partitionKey":[{"anything-but":"k"}]}""", false)]
    [InlineData("""{"sequenceNumber":["49"]}""", true)]
    [InlineData("""{"eventName":["aws:kinesis:record"],"awsRegion":["us-east-1"],"eventID":[{"prefix":"shardId-000000000000:"}]}""", true)]
    [InlineData("""{"approximateArrivalTimestamp":[{"numeric":[">",1545084650,"<",1545084651]}],"kinesisSchemaVersion":["1.0"]}""", true)]
    [InlineData("""{"awsRegion":["eu-west-1"]}""", false)]
    [InlineData("""{"$or":[{"awsRegion":["eu-west-1"]},{"data":{"total":[12]}}]}""", true)]
    public void A_record_of_Kinesis_is_seen_as_an_event_source_mapping_sees_it(string filter, bool expected) =>
        AssertMatch(expected, filter, SourceKind.Kinesis, LambdaEvent.Kinesis("""{"type":"order","total":12.0}"""u8.ToArray()));

    [Theory]
    [InlineData("""{"data":{"type":["order"]}}""", "order", false)]
    [InlineData("""{"data":{"type":[{"exists":false}]}}""", "order", false)]
    [InlineData("""{"data":{"type":[{"anything-but":"x"}]}}""", "{\"type\":\"order\"", false)]
    [InlineData("""{"data":{"type":["order"]}}""", "{\"type\":\"order\"} {}", false)]
    [InlineData("""{"data":{"type":["order"]}}""", "", false)]
    [InlineData("""{"data":{"type":[{"exists":false}]}}""", "5", true)]
    [InlineData("""{"data":{"type":["order"]}}""", "[{\"type\":\"refund\"},{\"type\":\"order\"}]", true)]
    [InlineData("""{"data":[{"prefix":"ERROR "},{"wildcard":"*panic*"}]}""", "ERROR disk", true)]
    [InlineData("""{"data":[{"prefix":"ERROR "},{"wildcard":"*panic*"}]}""", "INFO panic!", true)]
    [InlineData("""{"data":[{"prefix":"ERROR "},{"wildcard":"*panic*"}]}""", "INFO", false)]
    [InlineData("""{"$or":[{"data":{"type":["order"]}},{"partitionKey":["k"]}]}""", "no JSON", true)]
    [InlineData("""{"partitionKey":["k"]}""", "no JSON", true)]
    public void Data_that_is_not_json_matches_only_what_asks_for_text(string filter, string data, bool expected)
    {
        AssertMatch(expected, filter, SourceKind.Kinesis, LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(data)));
        if (!filter.Contains("partitionKey", StringComparison.Ordinal))
        {
            AssertMatch(expected, filter, SourceKind.Sns, LambdaEvent.Sns(data.Replace("\"", "\\\"", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("""{"data":[{"exists":true}]}""")]
    [InlineData("""{"data":[{"anything-but":"x"}]}""")]
    [InlineData("""{"data":{"a":[{"exists":false}]}}""")]
    public void Data_that_is_no_text_matches_nothing_that_looks_into_it(string filter) =>
        AssertMatch(false, filter, SourceKind.Kinesis, LambdaEvent.Kinesis([0xFF, 0xFE, 0x00]));

    [Theory]
    [InlineData("""{"eventName":["INSERT","MODIFY"]}""", true)]
    [InlineData("""{"eventName":["REMOVE"]}""", false)]
    [InlineData("""{"dynamodb":{"Keys":{"id":{"S":["x"]}}}}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"price":{"N":["1.50"]}}}}""", true)]
    [InlineData("""{"dynamodb":{"NewImage":{"price":{"N":[{"numeric":[">",1]}]}}}}""", false)]
    [InlineData("""{"dynamodb":{"OldImage":{"price":{"N":["1"]}},"StreamViewType":["NEW_AND_OLD_IMAGES"],"SizeBytes":[{"numeric":["<",100]}]}}""", true)]
    [InlineData("""{"newImage":{"price":[{"numeric":[">",1,"<",2]}]},"oldImage":{"price":[1]}}""", true)]
    [InlineData("""{"newImage":{"tags":["b"],"who":{"name":[{"equals-ignore-case":"PAT"}]}}}""", true)]
    [InlineData("""{"newImage":{"tags":["c"]}}""", false)]
    [InlineData("""{"keys":{"id":["x"],"at":[{"numeric":["=",17]}]}}""", true)]
    [InlineData("""{"sequenceNumber":["111"],"awsRegion":["us-east-1"]}""", true)]
    [InlineData("""{"userIdentity":{"type":["Service"]}}""", false)]
    [InlineData("""{"userIdentity":{"type":[{"exists":false}]}}""", true)]
    public void A_record_of_DynamoDB_is_seen_typed_and_plain(string filter, bool expected) =>
        AssertMatch(expected, filter, SourceKind.DynamoDb, LambdaEvent.Dynamo("MODIFY", Keys, New, Old));

    [Theory]
    [InlineData("""{"newImage":{"price":[{"exists":false}]}}""", true)]
    [InlineData("""{"newImage":{"price":[{"exists":true}]}}""", false)]
    [InlineData("""{"oldImage":{"price":[1]}}""", true)]
    public void An_image_that_the_stream_does_not_deliver_has_no_fields(string filter, bool expected) =>
        AssertMatch(expected, filter, SourceKind.DynamoDb, LambdaEvent.Dynamo("REMOVE", Keys, null, Old));

    [Fact]
    public void A_message_of_SNS_is_seen_with_its_attributes()
    {
        AssertMatch(true, """{"Sns":{"MessageAttributes":{"a":{"Value":["b"]}}},"data":{"x":[1]}}""", SourceKind.Sns, LambdaEvent.Sns("""{\"x\":1}"""));
        AssertMatch(false, """{"Sns":{"MessageAttributes":{"a":{"Value":["c"]}}}}""", SourceKind.Sns, LambdaEvent.Sns("x"));
    }

    [Theory]
    [InlineData(SourceKind.Kinesis, "Data", "partitionKey")]
    [InlineData(SourceKind.Kinesis, "dynamodb", "partitionKey")]
    [InlineData(SourceKind.DynamoDb, "data", "dynamodb")]
    [InlineData(SourceKind.Sns, "partitionKey", "Sns")]
    public void A_name_that_no_record_has_is_refused_and_those_there_are_are_told(SourceKind kind, string name, string known)
    {
        Assert.False(RecordFilter.TryParse("{\"$or\":[{\"" + name + "\":{\"a\":[1]}},{\"eventName\":[\"x\"]}]}", kind, out _, out string? problem));
        Assert.StartsWith($"asks for '{name}', which no record of the source has; it has ", problem, StringComparison.Ordinal);
        Assert.Contains(known, problem, StringComparison.Ordinal);
        Assert.True(RecordFilter.TryParse($$"""{"{{name}}":[1]}""", null, out _, out _));
    }

    [Theory]
    [InlineData(PayloadForm.AsIs, false)]
    [InlineData(PayloadForm.Bytes, true)]
    [InlineData(PayloadForm.Passthrough, true)]
    public void Records_of_an_aggregate_are_judged_one_by_one_with_their_own_keys(PayloadForm form, bool appendNewlines)
    {
        byte[] aggregate = new KplAggregate().PartitionKey("a").PartitionKey("b")
            .Record(0, null, "{\"n\":1}"u8.ToArray()).Record(1, null, "{\"n\":1}"u8.ToArray()).Record(0, null, "{\"n\":2}"u8.ToArray()).Record(0, null, "text"u8.ToArray()).Sealed();
        using SharedPayloads shared = Share(LambdaEvent.Kinesis(aggregate, "outer"), LambdaEvent.Kinesis("{\"n\":1}"u8.ToArray(), "a"), LambdaEvent.Kinesis(KplAggregate.Seal([0x0A]), "a"));

        Payloads passed = shared.From(0, Plain with { Form = form, Deaggregate = true, AppendNewlines = appendNewlines }, Filter("""{"partitionKey":["a"],"data":{"n":[1]}}""", SourceKind.Kinesis)).Payloads;

        Assert.Equal([(0, 0), (1, 0)], passed.All.Select(static p => (p.Record, p.SubSequence)));
        Assert.Equal(3, passed.Filtered);
        Assert.Equal(2, Assert.Single(passed.Undecodable).Record);
    }

    [Fact]
    public void Without_deaggregate_an_aggregate_is_one_record_that_is_no_json()
    {
        byte[] aggregate = new KplAggregate().PartitionKey("a").Record(0, null, "{\"n\":1}"u8.ToArray()).Sealed();
        using SharedPayloads shared = Share(LambdaEvent.Kinesis(aggregate, "outer"), LambdaEvent.Kinesis("{\"n\":1}"u8.ToArray()));

        Assert.Equal(1, Assert.Single(shared.From(0, Plain, Filter("""{"data":{"n":[1]}}""", SourceKind.Kinesis)).Payloads.All).Record);
        Assert.Equal(0, Assert.Single(shared.From(0, Plain, Filter("""{"partitionKey":["outer"]}""", SourceKind.Kinesis)).Payloads.All).Record);
    }

    [Fact]
    public void The_records_of_an_untouched_event_are_filtered_too()
    {
        using SharedPayloads shared = Share(LambdaEvent.Dynamo("INSERT", Keys, New, null), LambdaEvent.Dynamo("REMOVE", Keys, null, Old), LambdaEvent.Dynamo("INSERT", Keys, Old, null));

        Payloads passed = shared.From(0, PayloadOptions.Of(Targets.TestTargets.Mapping(TargetType.Lambda), PayloadForm.EventRecord), Filter("""{"eventName":["INSERT"]}""", SourceKind.DynamoDb)).Payloads;

        Assert.Equal([0, 2], passed.All.Select(static p => p.Record));
        Assert.Equal(1, passed.Filtered);
    }

    [Fact]
    public void What_cannot_be_read_fails_only_where_the_filter_wants_it()
    {
        using SharedPayloads shared = Share(LambdaEvent.Dynamo("INSERT", Keys, """{"a":{"Q":"1"}}""", null), LambdaEvent.Dynamo("REMOVE", """{"id":{"S":1}}""", null, null), LambdaEvent.Dynamo("INSERT", Keys, New, null));
        PayloadOptions options = Plain with { ConvertDDB = true };

        Payloads inserts = shared.From(0, options, Filter("""{"eventName":["INSERT"]}""", SourceKind.DynamoDb)).Payloads;
        Payloads removes = shared.From(0, options, Filter("""{"eventName":["REMOVE"]}""", SourceKind.DynamoDb)).Payloads;

        Assert.Equal((0, 2, 1), (Assert.Single(inserts.Undecodable).Record, Assert.Single(inserts.All).Record, inserts.Filtered));
        Assert.Equal((1, 2), (Assert.Single(removes.Undecodable).Record, removes.Filtered));
        Assert.Equal(2, shared.From(0, options).Payloads.Undecodable.Count);
    }

    [Fact]
    public void Mappings_with_the_same_filter_and_options_share_the_payloads()
    {
        using SharedPayloads shared = Share(LambdaEvent.Kinesis([1]));
        const string Text = """{"partitionKey":["k"]}""";

        Assert.Same(shared.From(0, Plain, Filter(Text, SourceKind.Kinesis)).Payloads, shared.From(0, Plain, Filter(Text, SourceKind.Kinesis)).Payloads);
        Assert.NotSame(shared.From(0, Plain).Payloads, shared.From(0, Plain, Filter(Text, SourceKind.Kinesis)).Payloads);
        Assert.Equal(Filter(Text, SourceKind.Kinesis), Filter(Text, SourceKind.Kinesis));
    }

    private static void AssertMatch(bool expected, string filter, SourceKind kind, string record)
    {
        using SharedPayloads shared = Share(record, record);
        Assert.Equal(expected ? 2 : 0, shared.From(0, Plain, Filter(filter, kind)).Payloads.All.Count);
        Assert.Equal(expected ? 0 : 2, shared.From(0, Plain, Filter(filter, kind)).Payloads.Filtered);
    }

    private static RecordFilter Filter(string text, SourceKind kind)
    {
        Assert.True(RecordFilter.TryParse(text, kind, out RecordFilter? filter, out string? problem), problem);
        return filter;
    }

    private static SharedPayloads Share(params string[] records) => new(Assert.Single(EventReader.Read(LambdaEvent.Of(records))));
}
