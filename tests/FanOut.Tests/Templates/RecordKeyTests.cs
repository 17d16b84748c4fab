using System.Text;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Templates;

/// <summary>What a mapping's <c>key</c> makes of records.</summary>
public class RecordKeyTests
{
    private const string Order = """{"id":17,"customer":{"id":"c\u00e9"},"nothing":null,"blank":""}""";

    [Theory]
    [InlineData("<data.id>", "17")]
    [InlineData("<data.customer.id>", "cé")]
    [InlineData("order-<data.id>:<fanout.partitionKey>", "order-17:k")]
    [InlineData("<fanout.shardId>:<fanout.sequenceNumber>", "shardId-000000000000:49")]
    [InlineData("<data.absent>", "NoKey")]
    [InlineData("order-<data.absent>", "NoKey")]
    [InlineData("<data.id>:<data.nothing>", "NoKey")]
    [InlineData("<data.id>:<data.blank>", "NoKey")]
    [InlineData("{<data.id>", "{17")]
    public void It_is_text_with_values_of_the_record(string key, string expected)
    {
        foreach (PayloadForm form in new[] { PayloadForm.AsIs, PayloadForm.Bytes })
        {
            foreach (bool appendNewlines in new[] { false, true })
            {
                Assert.Equal((expected, Order + (appendNewlines ? "\n" : "")), Apply(key, form, appendNewlines, LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(Order))));
            }
        }
    }

    [Fact]
    public void The_line_feed_that_is_appended_is_not_of_it() =>
        Assert.Equal(("text", "text\n"), Apply("<data>", PayloadForm.AsIs, appendNewlines: true, LambdaEvent.Kinesis("text"u8.ToArray())));

    [Fact]
    public void Records_of_an_aggregate_have_each_their_own_and_no_hash_key_of_another()
    {
        byte[] aggregate = new KplAggregate().PartitionKey("a").HashKey("17").Record(0, 0, [.. "{\"n\":1}"u8]).Record(0, 0, [.. "{\"n\":2}"u8]).Sealed();
        using RecordGroup group = EventReader.Read(LambdaEvent.Of(LambdaEvent.Kinesis(aggregate)))[0];
        using Payloads payloads = MakePayloads.Of(group, Options(PayloadForm.AsIs, false) with { Deaggregate = true, Key = Key("<data.n>") });

        Assert.Equal(["1", "2"], payloads.All.Select(static p => Encoding.UTF8.GetString(p.Key.Span)));
        Assert.All(payloads.All, static p => Assert.True(p.ExplicitHashKey.IsEmpty));
    }

    [Fact]
    public void It_reads_the_record_and_not_what_the_transform_makes_of_it()
    {
        using RecordGroup group = EventReader.Read(LambdaEvent.Of(LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(Order))))[0];
        using Payloads payloads = MakePayloads.Of(group, Options(PayloadForm.Bytes, true) with { Key = Key("<data.id>"), Transform = TransformRecords.Of("<fanout.partitionKey>") });

        Payload payload = Assert.Single(payloads.All);
        Assert.Equal(("17", "k\n"), (Encoding.UTF8.GetString(payload.Key.Span), Encoding.UTF8.GetString(payload.Data.Content.Span)));
    }

    [Theory]
    [InlineData("item-<keys.id>", "item-5")]
    [InlineData("<fanout.shardId>/<keys.id>", "/5")]
    public void A_removed_item_is_found_by_the_same_key_and_lacks_no_shard_as_tables_have_none(string text, string expected)
    {
        using RecordGroup group = EventReader.Read(LambdaEvent.Of(LambdaEvent.Dynamo("REMOVE", """{"id":{"N":"5"}}""", null, null)))[0];
        Assert.True(RecordTransform.TryParseText(text, SourceKind.DynamoDb, "", "m", out RecordTransform? key, out _));
        using Payloads payloads = MakePayloads.Of(group, Options(PayloadForm.Bytes, false) with { Key = key });

        Payload payload = Assert.Single(payloads.All);
        Assert.Equal((expected, true), (Encoding.UTF8.GetString(payload.Key.Span), payload.IsDelete));
    }

    [Theory]
    [InlineData("constant", "has no value of the record in it")]
    [InlineData("<fanout.mapping>", "has no value of the record in it")]
    [InlineData("<dat.id>", "asks for 'dat.id', which no record of the source has")]
    public void What_is_no_key_is_told(string key, string problem)
    {
        Assert.False(RecordTransform.TryParseText(key, SourceKind.Kinesis, LambdaEvent.Stream, "m", out _, out string? told));
        Assert.Contains(problem, told, StringComparison.Ordinal);
    }

    private static PayloadOptions Options(PayloadForm form, bool appendNewlines) => new(form, false, false, appendNewlines, View.NewImage);

    private static RecordTransform Key(string text) =>
        RecordTransform.TryParseText(text, SourceKind.Kinesis, LambdaEvent.Stream, "m", out RecordTransform? key, out string? problem) ? key : throw new InvalidOperationException(problem);

    private static (string Key, string Data) Apply(string key, PayloadForm form, bool appendNewlines, string record)
    {
        using RecordGroup group = EventReader.Read(LambdaEvent.Of(record))[0];
        using Payloads payloads = MakePayloads.Of(group, Options(form, appendNewlines) with { Key = Key(key) });
        Payload payload = Assert.Single(payloads.All);
        string data = Encoding.UTF8.GetString(payload.Data.Content.Span);
        return (payloads.FaultOf(payload)?.Code ?? Encoding.UTF8.GetString(payload.Key.Span), payload.Data.IsBase64 ? Encoding.UTF8.GetString(Convert.FromBase64String(data)) : data);
    }
}
