using System.Text;
using FanOut.Engine.Batching;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;
using FanOut.Tests.Targets;

namespace FanOut.Tests.Templates;

/// <summary>The texts that targets need of records besides data and key.</summary>
public class RecordTextTests
{
    private const string Queue = "https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo";

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void They_are_made_of_the_record_as_it_came(bool appendNewlines, bool isTransformed)
    {
        PayloadOptions options = Options(PayloadForm.Bytes, appendNewlines, ("id", "<data.id>", null), ("all", "<fanout.partitionKey>:<data>", null)) with
        {
            Transform = isTransformed ? TransformRecords.Of("<fanout.partitionKey>") : null,
        };
        using RecordGroup group = Group(Record("""{"id":1}"""), Record("""{"id":"zwei"}""", "k2", "50"));
        using TargetBatch batch = Batch(group, options, Collapse.None);

        Assert.Equal(
            [("1", """k:{"id":1}"""), ("zwei", """k2:{"id":"zwei"}""")],
            Enumerable.Range(0, batch.Count).Select(i => (Text(batch, i, 0), Text(batch, i, 1))));
    }

    [Fact]
    public void A_text_that_is_empty_fails_the_record_if_it_may_not_be()
    {
        PayloadOptions options = Options(PayloadForm.Bytes, false, ("note", "<data.note>", null), ("id", "<data.id>", "NoId"));
        using RecordGroup group = Group(Record("""{"id":1}"""), Record("""{"note":"n"}"""), Record("no JSON"), Record("""{"id":4,"note":"n"}"""));
        using TargetBatch batch = Batch(group, options, Collapse.None);

        Assert.Equal([("", "1"), ("n", "4")], Enumerable.Range(0, batch.Count).Select(i => (Text(batch, i, 0), Text(batch, i, 1))));
        Assert.Equal(
            [(1, FailureClass.Undecodable, "NoId"), (2, FailureClass.Undecodable, "NotJson")],
            batch.Failed.Select(static f => (f.Payload, f.Failure.Class, f.Failure.Code)));
        Assert.Equal("The mapping's id, '<data.id>', needs a value that the record does not have, or that is null or empty.", batch.Failed[0].Failure.Reason);
    }

    [Fact]
    public void What_a_filter_leaves_over_has_its_own()
    {
        PayloadOptions options = Options(PayloadForm.Bytes, false, ("id", "<data.id>", null));
        Assert.True(RecordFilter.TryParse("""{"data":{"id":[{"numeric":[">",1]}]}}""", SourceKind.Kinesis, out RecordFilter? filter, out _));
        using RecordGroup group = Group(Record("""{"id":1}"""), Record("""{"id":2}"""), Record("""{"id":3}"""));
        using var shared = new SharedPayloads(group);
        using BorrowedPayloads borrowed = shared.From(0, options, filter);
        var batch = TargetBatch.Of(borrowed.Payloads, Cutter(Collapse.None));

        Assert.Equal(["2", "3"], Enumerable.Range(0, batch.Count).Select(i => Text(batch, i, 0)));
    }

    [Fact]
    public void Records_of_an_aggregate_have_each_their_own()
    {
        byte[] aggregate = new KplAggregate().PartitionKey("a").Record(0, null, [.. "{\"n\":1}"u8]).Record(0, null, [.. "{\"n\":2}"u8]).Sealed();
        using RecordGroup group = Group(LambdaEvent.Kinesis(aggregate));
        using TargetBatch batch = Batch(group, Options(PayloadForm.Bytes, false, ("n", "<data.n>", null)) with { Deaggregate = true }, Collapse.None);

        Assert.Equal(["1", "2"], Enumerable.Range(0, batch.Count).Select(i => Text(batch, i, 0)));
    }

    [Fact]
    public void Only_neighbours_with_the_same_texts_share_a_message()
    {
        PayloadOptions options = Options(PayloadForm.Bytes, false, ("a", "<data.a>", null), ("b", "<data.b>", null));
        string[] records = ["""{"a":1,"b":1}""", """{"a":1,"b":1}""", """{"a":1,"b":2}""", """{"a":11}""", """{"b":11}""", """{"a":1,"b":1}"""];
        using RecordGroup group = Group([.. records.Select(static r => Record(r))]);
        using TargetBatch batch = Batch(group, options, Collapse.Json);

        Assert.Equal([(0, 2), (2, 1), (3, 1), (4, 1), (5, 1)], batch.Items.Select(static i => (i.First, i.Count)));
    }

    [Fact]
    public void Mappings_with_the_same_texts_share_their_payloads()
    {
        Mapping one = Fifo("<data.id>"), same = Fifo("<data.id>") with { Id = "other" }, another = Fifo("<data.no>");

        Assert.Equal(PayloadOptions.Of(one, PayloadForm.Bytes), PayloadOptions.Of(same, PayloadForm.Bytes));
        Assert.NotEqual(PayloadOptions.Of(one, PayloadForm.Bytes), PayloadOptions.Of(another, PayloadForm.Bytes));
        Assert.NotEqual(PayloadOptions.Of(one, PayloadForm.Bytes), PayloadOptions.Of(one with { DeduplicationId = null }, PayloadForm.Bytes));
        Assert.Null((one with { DeduplicationId = null }).Texts);
    }

    [Fact]
    public void A_payload_is_no_larger_for_having_a_place_for_them() => Assert.Equal(72, System.Runtime.CompilerServices.Unsafe.SizeOf<Payload>());

    [Theory]
    [InlineData("7", "7")]
    [InlineData("!~", "!~")]
    [InlineData("two words", null)]
    [InlineData("é", null)]
    public void A_deduplication_id_that_queues_do_not_take_is_hashed(string id, string? expected)
    {
        Mapping mapping = Fifo("<data.id>");
        using RecordGroup group = Group(Record($$"""{"id":"{{id}}"}"""));
        using TargetBatch batch = Batch(group, PayloadOptions.Of(mapping, PayloadForm.Bytes), Collapse.None);

        string sent = Encoding.ASCII.GetString(new Composer(mapping).Deduplication(batch, batch.Items[0]).Span);
        Assert.Equal(expected ?? Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(id))), sent);
    }

    [Theory]
    [InlineData(TargetType.Sqs, "https://sqs.us-east-1.amazonaws.com/123456789012/q", Collapse.None)]
    [InlineData(TargetType.Sqs, Queue, Collapse.Json)]
    [InlineData(TargetType.Kinesis, "out", Collapse.None)]
    public void A_target_that_takes_no_deduplication_id_asks_nothing_of_the_record(TargetType type, string destination, Collapse collapse) =>
        Assert.Null((TestTargets.Mapping(type, destination) with { Collapse = collapse, DeduplicationId = Template("<data.id>") }).Texts);

    private static Mapping Fifo(string id) => TestTargets.Mapping(TargetType.Sqs, Queue) with { Collapse = Collapse.None, DeduplicationId = Template(id) };

    private static RecordTransform Template(string text) =>
        RecordTransform.TryParseText(text, SourceKind.Kinesis, LambdaEvent.Stream, "m", out RecordTransform? template, out string? problem) ? template : throw new InvalidOperationException(problem);

    private static PayloadOptions Options(PayloadForm form, bool appendNewlines, params (string Name, string Text, string? WhenEmpty)[] texts) =>
        new(form, false, false, appendNewlines, View.NewImage) { Texts = TextTemplates.Of(texts.Select(static t => new TextTemplate(t.Name, Template(t.Text), t.WhenEmpty))) };

    private static string Record(string data, string key = "k", string sequence = "49") => LambdaEvent.Kinesis(Encoding.UTF8.GetBytes(data), key, sequence);

    private static RecordGroup Group(params string[] records) => Assert.Single(EventReader.Read(LambdaEvent.Of(records)));

    private static Messages Cutter(Collapse collapse) => new(collapse, new Limits(10, 10_000, 10_000), textOnly: true);

    private static TargetBatch Batch(RecordGroup group, PayloadOptions options, Collapse collapse) => TargetBatch.Of(MakePayloads.Of(group, options), Cutter(collapse));

    private static string Text(TargetBatch batch, int index, int number) => Encoding.UTF8.GetString(batch.TextOf(batch[index], number).Span);
}
