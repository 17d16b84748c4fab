using System.Text;
using System.Text.Json;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Transform;

public class MakePayloadsTests
{
    private static readonly PayloadOptions Plain = new(PayloadForm.Bytes, false, false, false, View.NewImage);
    private static readonly byte[] Aggregate = new KplAggregate().PartitionKey("a").PartitionKey("b").HashKey("17").Record(0, null, [1]).Record(1, 0, [2, 3]).Sealed();

    public static TheoryData<PayloadForm, bool> Forms => new() { { PayloadForm.AsIs, false }, { PayloadForm.AsIs, true }, { PayloadForm.Bytes, false }, { PayloadForm.Bytes, true } };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Aggregates_are_unpacked_and_plain_records_pass_in_the_same_batch(PayloadForm form, bool appendNewlines)
    {
        string end = appendNewlines ? "0A" : "";
        using Payloads payloads = Make(
            Plain with { Form = form, Deaggregate = true, AppendNewlines = appendNewlines },
            LambdaEvent.Kinesis("plain"u8.ToArray(), "p"), LambdaEvent.Kinesis(Aggregate, "outer"), LambdaEvent.Kinesis([0xF3, 0x89, 0x9A, 0xC2], "magic"), LambdaEvent.Kinesis([], "empty"));

        Assert.Equal(
            [$"0.0 p  706C61696E{end}", $"1.0 a  01{end}", $"1.1 b 17 0203{end}", $"2.0 magic  F3899AC2{end}", $"3.0 empty  {end}"],
            payloads.All.Select(Show));
        Assert.Empty(payloads.Undecodable);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(70_000)]
    [InlineData(1)]
    public void Aggregates_of_any_length_are_unpacked_however_many_are_looked_at_together(long most)
    {
        // What differs in length, what has a wrong digest, and what is no base64 or no aggregate, in more than one round of lanes.
        byte[][] data = [.. Enumerable.Range(0, 60).Select(static i => i switch
        {
            _ when i % 13 == 5 => [.. AggregateOf(i)[..^1], 0],
            _ when i % 7 == 3 => BitConverter.GetBytes(i),
            _ => AggregateOf(i),
        })];
        RecordGroup group = Assert.Single(EventReader.Read(LambdaEvent.Of(
            [.. data.Select(static (d, i) => i % 11 == 4 ? LambdaEvent.Kinesis(d, $"{i}").Replace("84mawgo", "84mawg?", StringComparison.Ordinal) : LambdaEvent.Kinesis(d, $"{i}"))])));

        List<string> made = [];
        for (int first = 0; first < group.Records.Count;)
        {
            using Payloads payloads = MakePayloads.Of(group, Plain with { Deaggregate = true }, first, group.Records.Count, most);
            made.AddRange(payloads.All.Select(static p => $"{p.Record} {p.IsSubRecord} {p.SubSequence} {Hex(p)}"));
            made.AddRange(payloads.Undecodable.Select(static u => $"{u.Record} is broken"));
            first = payloads.End;
        }

        Assert.Equal(data.SelectMany(Expected).Order(), made.Order());

        static byte[] AggregateOf(int i) => new KplAggregate().PartitionKey("a").Record(0, null, [(byte)i]).Record(0, null, Enumerable.Repeat((byte)i, 40 * (i % 9 == 0 ? 200 : i)).ToArray()).Sealed();

        static IEnumerable<string> Expected(byte[] data, int i)
        {
            var records = new List<SubRecord>();
            return i % 11 == 4 && data.Length > 4 ? [$"{i} is broken"]
                : DeaggregateKpl.Read(data, records, out _) == KplOutcome.Aggregated ? records.Select((r, part) => $"{i} True {part} {Convert.ToHexString(r.Data.Span)}")
                : [$"{i} False 0 {Convert.ToHexString(data)}"];
        }
    }

    [Fact]
    public void Without_deaggregate_an_aggregate_passes_as_it_is_and_as_is_means_the_event_s_own_base64()
    {
        using Payloads payloads = Make(Plain with { Form = PayloadForm.AsIs }, LambdaEvent.Kinesis(Aggregate));

        Assert.True(payloads.All[0].Data.IsBase64);
        Assert.Equal(Convert.ToHexString(Aggregate), Hex(payloads.All[0]));
        Assert.Equal(Aggregate.Length, payloads.All[0].Data.Length);
    }

    [Fact]
    public void What_cannot_be_read_is_told_by_record_and_holds_up_nobody()
    {
        byte[] broken = KplAggregate.Seal([0x0A]);
        string notBase64 = LambdaEvent.Kinesis("four"u8.ToArray(), sequenceNumber: "3").Replace("Zm91cg==", "Zm9.cg==", StringComparison.Ordinal);
        using Payloads payloads = Make(Plain with { Deaggregate = true }, LambdaEvent.Kinesis(broken), LambdaEvent.Kinesis([1]), LambdaEvent.Kinesis([2]), notBase64);

        Assert.Equal([0, 3], payloads.Undecodable.Select(u => u.Record));
        Assert.StartsWith("KPL aggregate", payloads.Undecodable[0].Reason, StringComparison.Ordinal);
        Assert.Equal([1, 2], payloads.All.Select(p => p.Record));
    }

    [Theory]
    [InlineData(false, "hello")]
    [InlineData(true, "hello\n")]
    public void A_line_feed_follows_each_message_of_SNS(bool appendNewlines, string expected)
    {
        using Payloads payloads = Make(Plain with { AppendNewlines = appendNewlines }, LambdaEvent.Sns("hello", "id"));
        Assert.Equal((expected, "id"), (Text(payloads.All[0].Data.Content), Text(payloads.All[0].Key)));
    }

    private const string Keys = """{"id":{"S":"x"},"at":{"N":"17"}}""";
    private const string New = """{"a":{"N":"1.50"},"s":{"SS":["b"]}}""";
    private const string Old = """{"a":{"N":"1"}}""";
    private const string PlainNew = """{"a":1.50,"s":["b"]}""";

    public static TheoryData<View, bool, string> Views => new()
    {
        { View.NewImage, false, New },
        { View.NewImage, true, PlainNew },
        { View.OldImage, false, Old },
        { View.OldImage, true, """{"a":1}""" },
        { View.Both, false, $$"""{"newImage":{{New}},"oldImage":{{Old}},"streamViewType":"NEW_AND_OLD_IMAGES"}""" },
        { View.Both, true, "{\"newImage\":" + PlainNew + ",\"oldImage\":{\"a\":1},\"streamViewType\":\"NEW_AND_OLD_IMAGES\"}" },
        { View.Record, false, $$"""{"eventName":"MODIFY","keys":{{Keys}},"newImage":{{New}},"oldImage":{{Old}},"sequenceNumber":"111","streamViewType":"NEW_AND_OLD_IMAGES"}""" },
        { View.Record, true, $$"""{"eventName":"MODIFY","keys":{"id":"x","at":17},"newImage":{{PlainNew}},"oldImage":{"a":1},"sequenceNumber":"111","streamViewType":"NEW_AND_OLD_IMAGES"}""" },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public void A_view_shows_what_it_says(View view, bool convert, string expected)
    {
        foreach (bool appendNewlines in new[] { false, true })
        {
            using Payloads payloads = Make(Plain with { View = view, ConvertDDB = convert, AppendNewlines = appendNewlines }, LambdaEvent.Dynamo("MODIFY", Keys, New, Old));

            Payload payload = Assert.Single(payloads.All);
            Assert.Equal((expected + (appendNewlines ? "\n" : ""), "17|x", false, true), (Text(payload.Data.Content), Text(payload.Key), payload.IsDelete, payload.IsJson));
        }
    }

    [Fact]
    public void A_deletion_by_time_to_live_is_told_with_when_it_happened()
    {
        string record = LambdaEvent.Dynamo("REMOVE", Keys, null, Old, changed: DateTimeOffset.FromUnixTimeSeconds(1479499740))
            .Replace("\"awsRegion\"", "\"userIdentity\":{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"},\"awsRegion\"", StringComparison.Ordinal);
        const string Facts = """
            "approximateCreationDateTime":1479499740,"streamViewType":"NEW_AND_OLD_IMAGES","userIdentity":{"type":"Service","principalId":"dynamodb.amazonaws.com"}}
            """;

        using Payloads both = Make(Plain with { View = View.Both, ConvertDDB = true }, record), whole = Make(Plain with { View = View.Record, ConvertDDB = true }, record);

        Assert.Equal("{\"oldImage\":{\"a\":1}," + Facts, Text(both.All[0].Data.Content));
        Assert.EndsWith(",\"sequenceNumber\":\"111\"," + Facts, Text(whole.All[0].Data.Content), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(View.NewImage, Old, "{}", true)]
    [InlineData(View.NewImage, null, "{}", true)]
    [InlineData(View.OldImage, Old, Old, false)]
    [InlineData(View.Both, Old, "{\"oldImage\":" + Old + ",\"streamViewType\":\"NEW_AND_OLD_IMAGES\"}", false)]
    [InlineData(View.Record, null, "{\"eventName\":\"REMOVE\",\"keys\":" + Keys + ",\"sequenceNumber\":\"111\",\"streamViewType\":\"NEW_AND_OLD_IMAGES\"}", false)]
    public void A_removed_item_is_a_delete_unless_the_view_has_something_to_show(View view, string? old, string expected, bool isDelete)
    {
        using Payloads payloads = Make(Plain with { View = view }, LambdaEvent.Dynamo("REMOVE", Keys, null, old));
        Assert.Equal((expected, isDelete), (Text(payloads.All[0].Data.Content), payloads.All[0].IsDelete));
    }

    [Theory]
    [InlineData(View.NewImage, "INSERT", null, null, "has no new image")]
    [InlineData(View.NewImage, "MODIFY", null, Old, "has no new image")]
    [InlineData(View.OldImage, "MODIFY", New, null, "has no old image")]
    [InlineData(View.OldImage, "REMOVE", null, null, "has no old image")]
    [InlineData(View.Both, "INSERT", null, null, "lacks an image")]
    [InlineData(View.Both, "MODIFY", null, null, "lacks an image")]
    [InlineData(View.Both, "MODIFY", New, null, "lacks an image")]
    [InlineData(View.Both, "MODIFY", null, Old, "lacks an image")]
    [InlineData(View.Both, "REMOVE", null, null, "lacks an image")]
    public void An_image_that_the_stream_does_not_carry_is_no_empty_item(View view, string change, string? newImage, string? oldImage, string missing)
    {
        string keysOnly = LambdaEvent.Dynamo(change, Keys, newImage, oldImage).Replace("NEW_AND_OLD_IMAGES", "KEYS_ONLY", StringComparison.Ordinal);
        using Payloads payloads = Make(Plain with { View = view }, keysOnly, LambdaEvent.Dynamo("MODIFY", Keys, New, Old));

        Undecodable undecodable = Assert.Single(payloads.Undecodable);
        Assert.Equal((0, MissingImage.Code, "17|x"), (undecodable.Record, undecodable.Code, Text(undecodable.Key)));
        Assert.StartsWith(
            $"The record {missing}, which the mapping's view {MappingText.Of(view)} sends: its table's stream has the view type KEYS_ONLY. Set the mapping's view to record",
            undecodable.Reason,
            StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(payloads.All).Record);
    }

    [Theory]
    [InlineData(View.NewImage, "REMOVE", null, null, "{}", true)]
    [InlineData(View.OldImage, "INSERT", New, null, "{}", false)]
    [InlineData(View.Both, "REMOVE", null, Old, "{\"oldImage\":" + Old + ",\"streamViewType\":\"NEW_AND_OLD_IMAGES\"}", false)]
    [InlineData(View.Both, "INSERT", New, null, "{\"newImage\":" + New + ",\"streamViewType\":\"NEW_AND_OLD_IMAGES\"}", false)]
    public void An_image_that_does_not_exist_is_none_that_is_missing(View view, string change, string? newImage, string? oldImage, string expected, bool isDelete)
    {
        using Payloads payloads = Make(Plain with { View = view }, LambdaEvent.Dynamo(change, Keys, newImage, oldImage));
        Assert.Equal((expected, isDelete), (Text(payloads.All[0].Data.Content), payloads.All[0].IsDelete));
    }

    [Fact]
    public void Untouched_records_need_no_image()
    {
        using Payloads payloads = Make(Plain with { Form = PayloadForm.EventRecord }, LambdaEvent.Dynamo("MODIFY", Keys, null, null));
        Assert.Empty(payloads.Undecodable);
    }

    [Fact]
    public void The_hash_key_of_the_mapping_stands_first_in_the_key()
    {
        using Payloads payloads = Make(Plain with { HashKey = "id" }, LambdaEvent.Dynamo("MODIFY", Keys, New, Old));
        Assert.Equal("x|17", Text(payloads.All[0].Key));
    }

    [Fact]
    public void An_aggregate_without_records_is_empty_and_neither_lost_nor_broken()
    {
        byte[] hollow = new KplAggregate().PartitionKey("a").Sealed();
        using Payloads payloads = Make(Plain with { Deaggregate = true }, LambdaEvent.Kinesis([1]), LambdaEvent.Kinesis(hollow), LambdaEvent.Kinesis([2]));
        Assert.Equal([0, 2], payloads.All.Select(static p => p.Record));
        Assert.Equal([1], payloads.Empty);
        Assert.Empty(payloads.Undecodable);
    }

    [Theory]
    [InlineData("{\"id\":{\"S\":1}}", New)]
    [InlineData("{\"id\":{\"N\":\"abc\"}}", New)]
    [InlineData("{\"id\":{\"B\":\"!!\"}}", New)]
    [InlineData("{\"id\":{\"S\":\"x\"}}", "{\"a\":{\"Q\":\"1\"}}")]
    [InlineData("{\"id\":{\"S\":\"x\"}}", "{\"a\":{\"B\":\"!!\"}}")]
    public void An_image_that_cannot_be_converted_is_undecodable_and_the_next_is_not(string keys, string image)
    {
        using Payloads payloads = Make(Plain with { ConvertDDB = true }, LambdaEvent.Dynamo("INSERT", keys, image, null), LambdaEvent.Dynamo("INSERT", Keys, New, null));

        Assert.Equal(0, Assert.Single(payloads.Undecodable).Record);
        Assert.Equal((1, PlainNew), (Assert.Single(payloads.All).Record, Text(payloads.All[0].Data.Content)));
    }

    [Fact]
    public void An_untouched_record_is_the_event_s_own_text_whatever_the_mapping_says()
    {
        string kinesis = LambdaEvent.Kinesis(Aggregate), dynamo = LambdaEvent.Dynamo("REMOVE", "{}", null, null);
        var mapping = Targets.TestTargets.Mapping(TargetType.Lambda) with { Deaggregate = true, ConvertDDB = true, AppendNewlines = true, View = View.Both };
        PayloadOptions options = PayloadOptions.Of(mapping, PayloadForm.EventRecord);

        using Payloads one = Make(options, kinesis);
        using Payloads other = Make(options, dynamo);
        Assert.Equal((kinesis, dynamo), (Text(one.All[0].Data.Content), Text(other.All[0].Data.Content)));
    }

    [Fact]
    public void Passthrough_wraps_each_record_with_its_key_numbers_and_base64()
    {
        using Payloads kinesis = Make(Plain with { Form = PayloadForm.Passthrough, Deaggregate = true }, LambdaEvent.Kinesis(Aggregate, sequenceNumber: "49"), LambdaEvent.Kinesis([9], """k\"é"""));
        Assert.Equal(
            [
                """{"key":"a","sequenceNumber":"49","subSequenceNumber":0,"data":"AQ==","size":1,"action":"PUT","source":"aws:kinesis","region":"us-east-1"}""",
                """{"key":"b","sequenceNumber":"49","subSequenceNumber":1,"data":"AgM=","size":2,"action":"PUT","source":"aws:kinesis","region":"us-east-1"}""",
                """{"key":"k\"é","sequenceNumber":"49","subSequenceNumber":0,"data":"CQ==","size":1,"action":"PUT","source":"aws:kinesis","region":"us-east-1"}""",
            ],
            kinesis.All.Select(p => Text(p.Data.Content)));

        using Payloads dynamo = Make(Plain with { Form = PayloadForm.Passthrough }, LambdaEvent.Dynamo("REMOVE", Keys, null, Old));
        JsonElement envelope = JsonDocument.Parse(dynamo.All[0].Data.Content).RootElement;
        Assert.Equal(("17|x", "REMOVE", "aws:dynamodb", "{}"), (Member(envelope, "key"), Member(envelope, "action"), Member(envelope, "source"), Encoding.UTF8.GetString(envelope.GetProperty("data").GetBytesFromBase64())));
    }

    // The record and one byte, whatever the record: whoever reads line by line may meet an empty one, and whoever takes the last byte away has the record.
    [Theory]
    [InlineData("a\n")]
    [InlineData("a\r\n")]
    [InlineData("\n")]
    [InlineData("")]
    public void A_line_feed_follows_data_that_ends_with_one_too(string data)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(data), aggregate = new KplAggregate().PartitionKey("k").Record(0, null, bytes).Sealed();

        foreach (bool deaggregate in new[] { false, true })
        {
            using Payloads kinesis = Make(Plain with { AppendNewlines = true, Deaggregate = deaggregate }, LambdaEvent.Kinesis(bytes), LambdaEvent.Kinesis(deaggregate ? aggregate : bytes));
            Assert.Equal([data + "\n", data + "\n"], kinesis.All.Select(static p => Text(p.Data.Content)));
        }

        using Payloads sns = Make(Plain with { AppendNewlines = true }, LambdaEvent.Sns(JsonEncodedText.Encode(data).Value));
        Assert.Equal(data + "\n", Text(Assert.Single(sns.All).Data.Content));
    }

    [Fact]
    public void Many_large_records_keep_their_bytes_while_more_are_made()
    {
        byte[][] data = [.. Enumerable.Range(0, 60).Select(i => Enumerable.Repeat((byte)i, 5_000 * (i % 7)).ToArray())];
        using Payloads payloads = Make(Plain with { AppendNewlines = true }, [.. data.Select(d => LambdaEvent.Kinesis(d))]);

        Assert.All(payloads.All, p => Assert.Equal([.. data[p.Record], (byte)'\n'], p.Data.Content.ToArray()));
    }

    private static Payloads Make(PayloadOptions options, params string[] records) => MakePayloads.Of(Assert.Single(EventReader.Read(LambdaEvent.Of(records))), options);

    private static string Show(Payload payload) => $"{payload.Record}.{payload.SubSequence} {Text(payload.Key)} {Text(payload.ExplicitHashKey)} {Hex(payload)}";

    private static string Hex(Payload payload) => Convert.ToHexString(payload.Data.IsBase64 ? Convert.FromBase64String(Text(payload.Data.Content)) : payload.Data.Content.ToArray());

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    private static string Member(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
