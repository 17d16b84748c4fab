using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Mappings;

namespace FanOut.Tests.Mappings;

public sealed class MappingReaderTests
{
    public static TheoryData<string> OriginalIds => [.. Rows.Original.Keys];

    [Fact]
    public void There_are_ten_rows_of_the_original_with_all_nine_types() =>
        Assert.Equal((10, 9), (Rows.Original.Count, Rows.Original.Values.Select(row => row["type"].S).Distinct().Count()));

    [Theory]
    [MemberData(nameof(OriginalIds))]
    public void A_row_of_the_original_reads_as_it_is_and_is_written_back_the_same(string id)
    {
        Dictionary<string, AttributeValue> row = Rows.Original[id];
        Mapping mapping = Read(row);
        Assert.Equal((Rows.Source, id, row["destination"].S), (mapping.SourceArn, mapping.Id, mapping.Destination.Text));
        Assert.Equal(Rows.Show(row), Rows.Show(MappingWriter.Write(mapping)));
    }

    [Fact]
    public void Every_attribute_of_the_originals_rows_is_understood()
    {
        Mapping s1 = Read(Rows.Original["s1"]);
        Assert.Equal((TargetType.Sqs, true, Collapse.Concat, true), (s1.Type, s1.Active, s1.Collapse, s1.Parallel));
        Mapping x1 = Read(Rows.Original["x1"]);
        Assert.Equal(("arn:aws:iam::210987654321:role/x", "ext-1", "eu-west-1"), (x1.Role, x1.ExternalId, x1.Region));
        Assert.False(Read(Rows.Original["n1"]).Parallel);
        Assert.True(Read(Rows.Original["l1"]).ConvertDDB);
        Mapping f1 = Read(Rows.Original["f1"]);
        Assert.Equal((true, true, Collapse.None, false), (f1.Deaggregate, f1.AppendNewlines, f1.Collapse, f1.Active));
        Assert.Equal("idx/type", Assert.IsType<IndexDestination>(Read(Rows.Original["e1"]).Destination).Path);
    }

    [Fact]
    public void What_is_absent_has_its_default()
    {
        Mapping mapping = Read(Rows.Row(("active", null)));
        Assert.Equal((false, true, Collapse.Json, View.NewImage), (mapping.Active, mapping.Parallel, mapping.Collapse, mapping.View));
        Assert.Equal(
            (null, null, null, null, null), (mapping.Role, mapping.ExternalId, mapping.Region, mapping.MaxItemBytes, mapping.MaxBatchBytes));
        Assert.False(mapping.ConvertDDB || mapping.Deaggregate || mapping.AppendNewlines || mapping.Passthrough);
    }

    [Fact]
    public void Changes_that_a_stream_carries_are_filtered_and_transformed_as_those_of_a_table()
    {
        Mapping mapping = Read(Rows.Row(
            ("recordFormat", new("DynamoDB-Changes")), ("filter", new("""{"tableName":["orders"],"newImage":{"total":[1]}}""")), ("transform", new("""{"inputTemplate":"<newImage>"}""")), ("key", new("<keys.id>"))));
        Assert.Equal(RecordFormat.DynamoDbChanges, mapping.RecordFormat);
        Assert.Equal(RecordFormat.Raw, Read(Rows.Row()).RecordFormat);
    }

    [Theory]
    [InlineData("changes", "arn:aws:kinesis:us-east-1:123456789012:stream/in", false, "recordFormat 'changes' is not one of raw, dynamodb-changes")]
    [InlineData("dynamodb-changes", "arn:aws:kinesis:us-east-1:123456789012:stream/in", false, "recordFormat 'dynamodb-changes' cannot be combined with unpack 'gzip': DynamoDB does not pack changes", "gzip")]
    [InlineData("dynamodb-changes", "arn:aws:kinesis:us-east-1:123456789012:stream/in", true, "recordFormat 'dynamodb-changes' cannot be combined with deaggregate true: DynamoDB does not aggregate changes")]
    [InlineData("dynamodb-changes", "arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/x", false,
        "recordFormat 'dynamodb-changes' is for Kinesis streams that tables stream to; the source is arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/x")]
    public void A_format_that_the_source_cannot_have_is_told(string format, string source, bool isDeaggregated, string problem, string unpack = "none")
    {
        Assert.Null(MappingReader.Read(Rows.Row(("sourceArn", new(source)), ("recordFormat", new(format)), ("deaggregate", new() { BOOL = isDeaggregated }), ("unpack", new(unpack))), out InvalidMapping? invalid));
        Assert.Equal(problem, invalid?.Reason);
    }

    [Fact]
    public void Empty_strings_and_NULL_are_absent_and_unknown_attributes_are_left_alone()
    {
        Mapping mapping = Read(Rows.Row(
            ("role", new("")),
            ("externalId", new(" ")),
            ("region", new() { NULL = true }),
            ("collapse", new("")),
            ("parallel", new("")),
            ("convertDDB", new() { NULL = true }),
            ("maxItemBytes", new("")),
            ("comment", new() { L = [new("x")] })));
        Assert.Equal(Read(Rows.Row()), mapping);
    }

    public static TheoryData<string, AttributeValue, bool> Flags => new()
    {
        { "BOOL", new() { BOOL = true }, true },
        { "BOOL", new() { BOOL = false }, false },
        { "S", new("true"), true },
        { "S", new("FALSE"), false },
        { "S", new(" True "), true },
        { "S", new("1"), true },
        { "N", new() { N = "1" }, true },
        { "N", new() { N = "0" }, false },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Flags))]
    public void A_truth_value_may_be_written_in_many_ways(string kind, AttributeValue value, bool expected)
    {
        Assert.NotEmpty(kind);
        Mapping mapping = Read(Rows.Row(("active", value), ("parallel", value), ("passthrough", value)));
        Assert.Equal((expected, expected, expected), (mapping.Active, mapping.Parallel, mapping.Passthrough));
    }

    [Theory]
    [InlineData("json", Collapse.Json)]
    [InlineData("JSON", Collapse.Json)]
    [InlineData("None", Collapse.None)]
    [InlineData("CONCAT", Collapse.Concat)]
    [InlineData("Concat-B64", Collapse.ConcatBase64)]
    public void Words_may_be_in_any_case(string text, Collapse expected)
    {
        Mapping mapping = Read(Rows.Row(("collapse", new(text)), ("type", new("Kinesis")), ("view", new("OLDIMAGE"))));
        Assert.Equal((expected, TargetType.Kinesis, View.OldImage), (mapping.Collapse, mapping.Type, mapping.View));
    }

    [Theory]
    [InlineData("sqs", "https://sqs.us-east-1.amazonaws.com/123456789012/q", "array", "collapse 'array' is for http")]
    [InlineData("iot", "h#t", "ndjson", "collapse 'ndjson' is for http")]
    [InlineData("http", "https://h/p", "concat-b64", "collapse 'concat-b64' is for sns, sqs and iot")]
    [InlineData("http", "https://h/p", "array", null)]
    [InlineData("http", "https://h/p", "concat", null)]
    [InlineData("kinesis", "out", "array", null)]
    public void A_way_to_share_is_refused_where_the_type_has_another(string type, string destination, string collapse, string? problem)
    {
        Mapping? mapping = MappingReader.Read(Rows.Row(("type", new(type)), ("destination", new(destination)), ("collapse", new(collapse))), out InvalidMapping? invalid);

        Assert.Equal(problem is null, mapping is not null);
        Assert.StartsWith(problem ?? "", invalid?.Reason ?? "", StringComparison.Ordinal);
    }

    public static TheoryData<string, AttributeValue?, string> Broken => new()
    {
        { "sourceArn", null, "sourceArn is missing" },
        { "sourceArn", new("in"), "sourceArn 'in' is not an ARN, arn:partition:service:region:account:resource" },
        { "id", new(""), "id is missing" },
        { "type", null, "type is missing" },
        { "type", new("s3"), "type 's3' is not one of sns, sqs, es, kinesis, firehose, iot, lambda, events, states, memcached, redis, http" },
        { "type", new() { N = "1" }, "type is not a string" },
        { "destination", null, "destination is missing" },
        { "destination", new("a/b"), "destination 'a/b': kinesis takes a stream's name" },
        { "active", new("yes"), "active 'yes' is not true or false" },
        { "parallel", new() { N = "2" }, "parallel '2' is not true or false" },
        { "convertDDB", new() { L = [] , IsLSet = true }, "convertDDB is not true or false" },
        { "collapse", new("zip"), "collapse 'zip' is not one of JSON, none, concat, concat-b64" },
        { "view", new("all"), "view 'all' is not one of newImage, oldImage, both, record" },
        { "role", new("arn:aws:iam::0123456789abcdef::role/x"), "is not the ARN of an IAM role" },
        { "role", new("arn:aws:iam::1:user/x"), "role 'arn:aws:iam::1:user/x' is not the ARN of an IAM role" },
        { "role", new("x"), "role 'x' is not the ARN of an IAM role" },
        { "externalId", new("hush hush"), "externalId is not 2 to 1224 letters" },
        { "headersSecret", new("shop/key"), "headersSecret 'shop/key' is not the ARN of a secret" },
        { "headersSecret", new("arn:aws:secretsmanager:us-east-1:1:secret:*"), "is not the ARN of a secret" },
        { "headersSecret", new("arn:aws:ssm:us-east-1:1:parameter/a"), "is not the ARN of a secret" },
        { "region", new("evil.example/"), "region 'evil.example/' is not a region's name" },
        { "maxItemBytes", new() { N = "0" }, "maxItemBytes '0' is not a whole number of bytes from 1 to 2147483647" },
        { "maxItemBytes", new() { N = "1.5" }, "maxItemBytes '1.5' is not a whole number" },
        { "maxBatchBytes", new("many"), "maxBatchBytes 'many' is not a whole number" },
        { "maxBatchBytes", new() { BOOL = true }, "maxBatchBytes is not a whole number" },
        { "filter", new("{"), "filter is not JSON" },
        { "filter", new() { BOOL = true }, "filter is not a string" },
        { "filter", new("""{"data":{"n":[{"numeric":["!=",1]}]}}"""), "filter is no event pattern: at data.n[0].numeric[0] one of" },
        { "filter", new("""{"dynamodb":{"a":[1]}}"""), "filter asks for 'dynamodb', which no record of the source has; it has data, partitionKey" },
        { "destination", new("inputStream"), "destination 'inputStream': it is the source arn:aws:kinesis:us-east-1:123456789012:stream/inputStream itself" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Broken))]
    public void A_broken_row_says_attribute_value_and_what_is_allowed(string attribute, AttributeValue? value, string reason)
    {
        Assert.Null(MappingReader.Read(Rows.Row((attribute, value)), out InvalidMapping? invalid));
        Assert.NotNull(invalid);
        Assert.Contains(reason, invalid.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", invalid.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kinesis", "arn:aws:kinesis:us-east-1:123456789012:stream/inputStream", null, true)]
    [InlineData("kinesis", "arn:aws:kinesis:us-east-1:210987654321:stream/inputStream", null, false)]
    [InlineData("lambda", "fanout", null, true)]
    [InlineData("lambda", "fanout:live", null, true)]
    [InlineData("lambda", "123456789012:function:fanout", null, true)]
    [InlineData("lambda", "arn:aws:lambda:us-east-1:123456789012:function:fanout:7", null, true)]
    [InlineData("lambda", "arn:aws:lambda:eu-west-1:123456789012:function:fanout", null, false)]
    [InlineData("lambda", "arn:aws:lambda:us-east-1:210987654321:function:fanout", null, false)]
    [InlineData("lambda", "fanout", "eu-west-1", false)]
    [InlineData("lambda", "fanout2", null, false)]
    [InlineData("firehose", "inputStream", null, false)]
    public void A_target_that_would_send_the_records_back_is_refused(string type, string destination, string? region, bool isLoop)
    {
        Dictionary<string, AttributeValue> row = Rows.Row(("type", new(type)), ("destination", new(destination)), ("region", region is null ? null : new(region)));

        Mapping? mapping = MappingReader.Read(row, out InvalidMapping? invalid, new OwnFunction("fanout", "us-east-1"));

        Assert.Equal(isLoop, mapping is null);
        Assert.Equal(isLoop, invalid?.Loop?.EndsWith("would come back for ever", StringComparison.Ordinal) ?? false);
        Assert.Equal(isLoop, invalid?.Active ?? false);
    }

    [Fact]
    public void A_function_in_the_account_of_another_role_is_not_the_fan_out_function() => Assert.NotNull(MappingReader.Read(
        Rows.Row(("type", new("lambda")), ("destination", new("fanout")), ("role", new("arn:aws:iam::210987654321:role/x"))), out _, new OwnFunction("fanout", "us-east-1")));

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        Assert.Null(MappingReader.Read(
            Rows.Row(("destination", new("a/b")), ("role", new("x")), ("collapse", new("zip"))), out InvalidMapping? invalid));
        Assert.NotNull(invalid);
        Assert.Equal((Rows.Source, "a"), (invalid.SourceArn, invalid.Id));
        Assert.All(["destination", "role", "collapse"], attribute => Assert.Contains(attribute, invalid.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("redis", "redis://me:secret@")]
    [InlineData("redis", "host:6379,password=secret")]
    [InlineData("memcached", "memcached://me:secret@host")]
    [InlineData("memcached", "host:secret")]
    [InlineData("es", "https://me:secret@host#idx")]
    [InlineData("sqs", "redis://:secret@host")]
    [InlineData("redis://:secret@host", "x")]
    public void The_reason_holds_no_password(string type, string destination)
    {
        Assert.Null(MappingReader.Read(Rows.Row(("type", new(type)), ("destination", new(destination))), out InvalidMapping? invalid));
        Assert.DoesNotContain("secret", invalid!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false", false)]
    [InlineData("true", true)]
    [InlineData("perhaps", true)]
    public void An_invalid_row_counts_as_active_unless_it_says_otherwise(string active, bool expected)
    {
        Assert.Null(MappingReader.Read(Rows.Row(("type", new("s3")), ("active", new(active))), out InvalidMapping? invalid));
        Assert.Equal(expected, invalid!.Active);
    }

    [Fact]
    public void An_empty_row_is_invalid_and_nothing_worse()
    {
        Assert.Null(MappingReader.Read(new Dictionary<string, AttributeValue>(), out InvalidMapping? invalid));
        Assert.Equal(("", ""), (invalid!.SourceArn, invalid.Id));
    }

    private static Mapping Read(Dictionary<string, AttributeValue> row)
    {
        Mapping? mapping = MappingReader.Read(row, out InvalidMapping? invalid);
        Assert.Null(invalid);
        return Assert.IsType<Mapping>(mapping);
    }
}
