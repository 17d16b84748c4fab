using System.Text;
using CsCheck;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Transform;

/// <summary>Changes of tables that a Kinesis stream carries become what those of a table's own stream become.</summary>
public sealed class ChangeRecordsTests
{
    private const string Keys = """{"pk":{"S":"a|b"},"sk":{"N":"7"}}""";
    private const string New = """{"pk":{"S":"a|b"},"sk":{"N":"7"},"total":{"N":"1.50"},"tags":{"SS":["x","y"]},"raw":{"B":"AQI="}}""";
    private const string Old = """{"pk":{"S":"a|b"},"sk":{"N":"7"},"total":{"N":"1"}}""";
    private const string Expired = """{"type":"Service","principalId":"dynamodb.amazonaws.com"}""";

    private static readonly string[] Filters =
    [
        """{"eventName":["INSERT","REMOVE"]}""",
        """{"keys":{"pk":[{"prefix":"a"}]}}""",
        """{"newImage":{"total":[{"numeric":[">",1]}]}}""",
        """{"oldImage":{"total":[{"exists":false}]}}""",
        """{"dynamodb":{"NewImage":{"tags":{"SS":["y"]}}}}""",
        """{"dynamodb":{"Keys":{"sk":{"N":["7"]}}},"eventSource":["aws:dynamodb"]}""",
        """{"userIdentity":{"principalId":["dynamodb.amazonaws.com"]}}""",
        """{"userIdentity":[{"exists":false}]}""",
        """{"sequenceNumber":["4711"]}""",
    ];

    private static readonly string[] Templates =
    [
        """{"new":<newImage>,"old":<oldImage.total>,"id":<keys.pk>,"what":<eventName>}""",
        """{"typed":<dynamodb.NewImage>,"who":<userIdentity>,"key":"<fanout.partitionKey>","n":<fanout.sequenceNumber>,"e":"<fanout.eventName>"}""",
        "<newImage.tags[*]> of <keys.sk>: <userIdentity>",
    ];

    private static readonly Gen<(string Event, string? New, string? Old, string? Who)> Changes =
        from kind in Gen.OneOf("INSERT", "MODIFY", "REMOVE")
        from isRandom in Gen.Bool
        from one in TypedImage.Any
        from other in TypedImage.Any
        from isExpired in Gen.Bool
        let images = isRandom ? (New: Encoding.UTF8.GetString(one), Old: Encoding.UTF8.GetString(other)) : (New, Old)
        select (kind, kind == "REMOVE" ? null : images.New, kind == "INSERT" ? null : images.Old, kind == "REMOVE" && isExpired ? Expired : null);

    [Fact]
    public void Both_carriers_give_the_same_in_each_view_and_form_and_under_each_filter_transform_and_key() =>
        Gen.Select(Changes, Gen.Enum<View>(), Gen.Bool, Gen.Bool, Gen.OneOf("pk", "sk", ""), Gen.Int[-1, Filters.Length - 1], Gen.Int[-1, Templates.Length - 1]).Sample((change, view, converts, ends, hashKey, filter, template) =>
        {
            string streamed = LambdaEvent.Dynamo(change.Event, Keys, change.New, change.Old, "4711");
            streamed = change.Who is { } who ? streamed.Insert(streamed.IndexOf("{\"eventID\"", StringComparison.Ordinal) + 1, $"\"userIdentity\":{who},") : streamed;
            string carried = LambdaEvent.Carrier(LambdaEvent.Change(change.Event, Keys, change.New, change.Old, userIdentity: change.Who ?? "null"), "4711");
            foreach (PayloadForm form in new[] { PayloadForm.AsIs, PayloadForm.Bytes, PayloadForm.Passthrough })
            {
                PayloadOptions Options(string arn) => new(form, false, converts, ends, view)
                {
                    HashKey = hashKey,
                    Transform = template < 0 ? null : Transform(Templates[template], arn),
                    Key = template == 0 ? Key("<keys.pk>-<newImage.total>", arn) : null,
                    ReadsChanges = arn == LambdaEvent.Stream,
                };

                Assert.Equal(
                    Made(streamed, Options(LambdaEvent.Table), filter < 0 ? null : Filter(Filters[filter], LambdaEvent.Table)),
                    Made(carried, Options(LambdaEvent.Stream), filter < 0 ? null : Filter(Filters[filter], LambdaEvent.Stream)));
            }
        });

    [Fact]
    public void The_time_and_its_precision_stand_in_the_views_that_tell_of_the_change()
    {
        string record = LambdaEvent.Carrier(LambdaEvent.Change("REMOVE", Keys, null, Old, 1_720_740_233_012_995, Expired));

        Assert.EndsWith(
            $$""","sequenceNumber":"49","approximateCreationDateTime":1720740233012995,"approximateCreationDateTimePrecision":"MICROSECOND","userIdentity":{{Expired}}}""",
            Data(record, new(PayloadForm.AsIs, false, true, false, View.Record) { ReadsChanges = true }),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_720_740_233_012_995, "2024-07-11T23:23:53.013Z")]
    [InlineData(1_720_740_233_012, "2024-07-11T23:23:53.012Z")]
    public void The_time_of_a_template_is_that_of_the_change_and_the_shard_that_of_the_stream(long time, string expected)
    {
        string record = LambdaEvent.Carrier(LambdaEvent.Change("INSERT", Keys, New, null, time));

        Assert.Equal(
            $$"""["shardId-000000000000","{{expected}}","orders"]""",
            Data(record, new(PayloadForm.AsIs, false, false, false, View.NewImage)
            {
                ReadsChanges = true, Transform = Transform("[<fanout.shardId>,<fanout.approximateArrivalTime>,<tableName>]", LambdaEvent.Stream),
            }));
    }

    [Theory]
    [InlineData("", "it is no JSON object")]
    [InlineData("[]", "it is no JSON object")]
    [InlineData("{\"eventName\":\"INSERT\"", "it is no JSON object")]
    [InlineData("{}", "its eventName is none of INSERT, MODIFY and REMOVE")]
    [InlineData("{\"eventName\":\"PUT\"}", "its eventName is none of INSERT, MODIFY and REMOVE")]
    [InlineData("{\"eventName\":\"INSERT\",\"eventName\":\"REMOVE\"}", "eventName stands in it twice")]
    [InlineData("{\"eventName\":\"INSERT\",\"dynamodb\":null}", "it has no dynamodb")]
    [InlineData("{\"eventName\":\"INSERT\",\"dynamodb\":{}}", "it has no Keys in dynamodb")]
    [InlineData("{\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":{\"id\":{\"S\":\"1\"}}}}", "it has no ApproximateCreationDateTime in dynamodb, or one that is no number of milliseconds or microseconds")]
    [InlineData("{\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":{\"id\":{\"S\":\"1\"}},\"ApproximateCreationDateTime\":1.5}}", "it has no ApproximateCreationDateTime in dynamodb, or one that is no number of milliseconds or microseconds")]
    [InlineData("{\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":[]}}", "it is no JSON object")]
    public void A_record_that_is_no_change_is_told_and_the_others_are_made(string data, string problem)
    {
        byte[] json = LambdaEvent.Of(LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(data), sequenceNumber: "1"), LambdaEvent.Carrier(LambdaEvent.Change("INSERT", Keys, New), "2"));
        using RecordGroup group = EventReader.Read(json)[0];
        using Payloads payloads = MakePayloads.Of(group, new(PayloadForm.AsIs, false, true, false, View.NewImage) { ReadsChanges = true });

        Assert.Equal(1, Assert.Single(payloads.All).Record);
        Undecodable broken = Assert.Single(payloads.Undecodable);
        Assert.Equal((0, "NotChange"), (broken.Record, broken.Code));
        Assert.Equal($"The record is no change of a DynamoDB table, as the mapping's recordFormat says of all records of the stream: {problem}.", broken.Reason);
    }

    [Fact]
    public void A_lambda_target_gets_the_records_of_the_stream_of_which_the_filter_lets_the_changes_through()
    {
        string[] records =
        [
            LambdaEvent.Carrier(LambdaEvent.Change("INSERT", Keys, New), "1"), LambdaEvent.Carrier(LambdaEvent.Change("REMOVE", Keys, null, Old), "2"),
            LambdaEvent.Kinesis("no change"u8, sequenceNumber: "3"),
        ];
        using RecordGroup group = EventReader.Read(LambdaEvent.Of(records))[0];
        using var shared = new SharedPayloads(group);
        PayloadOptions options = new(PayloadForm.EventRecord, false, false, false, View.NewImage);
        RecordFilter filter = Filter("""{"eventName":["REMOVE"]}""", LambdaEvent.Stream);

        using BorrowedPayloads passed = shared.From(0, options, filter);

        Assert.Equal([records[1].Trim(), records[2].Trim()], passed.Payloads.All.Select(static p => Encoding.UTF8.GetString(p.Data.Content.Span)));
    }

    [Fact]
    public void The_same_filter_is_another_one_where_it_looks_at_other_records() =>
        Assert.NotEqual(
            Filter("""{"eventName":["INSERT"]}""", LambdaEvent.Stream),
            RecordFilter.TryParse("""{"eventName":["INSERT"]}""", SourceKind.Kinesis, out RecordFilter? filter, out _) ? filter : null);

    [Fact]
    public void What_only_a_table_s_own_stream_has_is_refused_in_filters_and_templates()
    {
        Assert.False(RecordFilter.TryParse("""{"eventSourceARN":["x"]}""", SourceKind.DynamoDb, out _, out string? problem, LambdaEvent.Stream));
        Assert.Contains("tableName", problem, StringComparison.Ordinal);
        Assert.Equal("at dynamodb.StreamViewType there is never anything: there are Keys, NewImage, OldImage, SizeBytes, ApproximateCreationDateTime, ApproximateCreationDateTimePrecision",
            Filter("""{"dynamodb":{"StreamViewType":["KEYS_ONLY"]}}""", LambdaEvent.Stream).FindUnmatchable(LambdaEvent.Stream)?.Reason);
        Assert.False(RecordTransform.TryParseText("<dynamodb.SequenceNumber>", SourceKind.DynamoDb, LambdaEvent.Stream, "m", out _, out _));
    }

    [Fact]
    public void Damaged_changes_are_told_or_become_payloads() =>
        Arbitrary.Damaged(Encoding.UTF8.GetBytes(LambdaEvent.Change("MODIFY", Keys, New, Old)), "{}[]\",:\\n0 ").Sample(data =>
        {
            using RecordGroup group = EventReader.Read(LambdaEvent.Of(LambdaEvent.Kinesis(data)))[0];
            using Payloads payloads = MakePayloads.Of(group, new(PayloadForm.AsIs, false, true, false, View.Record) { ReadsChanges = true });
            Assert.Equal(1, payloads.All.Count + payloads.Undecodable.Count);
        });

    private static string Data(string record, PayloadOptions options)
    {
        using RecordGroup group = EventReader.Read(LambdaEvent.Of(record))[0];
        using Payloads payloads = MakePayloads.Of(group, options);
        return Encoding.UTF8.GetString(Assert.Single(payloads.All).Data.Content.Span);
    }

    /// <summary>All that a target would get or be told of a record, without what only one of the carriers says of a change.</summary>
    private static string Made(string record, PayloadOptions options, RecordFilter? filter)
    {
        using RecordGroup group = EventReader.Read(LambdaEvent.Of(record))[0];
        using var shared = new SharedPayloads(group);
        using BorrowedPayloads borrowed = shared.From(0, options, filter);
        Payloads payloads = borrowed.Payloads;
        string made = string.Join('\n', payloads.All.Select(p => $"{Encoding.UTF8.GetString(p.Key.Span)} {p.IsDelete} {p.IsJson} {payloads.FaultOf(p)?.Code} {Text(p, options.Form)}")
            .Concat(payloads.Undecodable.Select(static b => $"{b.Code} {Encoding.UTF8.GetString(b.Key.Span)}")).Append($"{payloads.Filtered}"));
        return made.Replace("\"approximateCreationDateTime\":1720740233012995,\"approximateCreationDateTimePrecision\":\"MICROSECOND\"", "\"streamViewType\":\"NEW_AND_OLD_IMAGES\"", StringComparison.Ordinal);
    }

    private static string Text(in Payload payload, PayloadForm form)
    {
        string text = Encoding.UTF8.GetString(payload.Data.Content.Span);
        if (form != PayloadForm.Passthrough)
        {
            return text;
        }

        using var json = System.Text.Json.JsonDocument.Parse(text);
        string data = Encoding.UTF8.GetString(json.RootElement.GetProperty("data").GetBytesFromBase64());
        return string.Join(' ', json.RootElement.EnumerateObject().Where(static p => p.Name is not ("data" or "size")).Select(static p => p.Value.ToString())) + data;
    }

    private static RecordFilter Filter(string text, string arn) =>
        RecordFilter.TryParse(text, SourceKind.DynamoDb, out RecordFilter? filter, out string? problem, arn) ? filter : throw new InvalidOperationException(problem);

    private static RecordTransform Transform(string template, string arn) =>
        RecordTransform.TryParse(FanOut.Tests.Templates.TransformRecords.Text(template), SourceKind.DynamoDb, arn, "m", out RecordTransform? transform, out string? problem) ? transform : throw new InvalidOperationException(problem);

    private static RecordTransform Key(string template, string arn) =>
        RecordTransform.TryParseText(template, SourceKind.DynamoDb, arn, "m", out RecordTransform? key, out string? problem) ? key : throw new InvalidOperationException(problem);
}
