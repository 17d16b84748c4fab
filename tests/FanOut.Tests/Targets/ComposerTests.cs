using System.Text;
using FanOut.Engine.Batching;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.Tests.Batching;

namespace FanOut.Tests.Targets;

public class ComposerTests
{
    private static readonly SingleItems AsItIs = new(static (TargetBatch _, in Payload p, out Failure? f) =>
    {
        f = null;
        return p.Data.Length;
    }, new Limits(10, 100, 1_000));

    private static readonly TargetBatch Batch = TestPayloads.Batch(AsItIs, TestPayloads.Numbers(3));

    [Fact]
    public void A_deduplication_id_is_the_same_whenever_the_record_is_sent() =>
        Assert.Equal(Id("a", new Item(1, 1, 1)), Id("a", new Item(1, 1, 1)));

    [Fact]
    public void Two_mappings_to_the_same_queue_do_not_drop_each_other_s_messages() =>
        Assert.NotEqual(Id("a", new Item(0, 1, 1)), Id("b", new Item(0, 1, 1)));

    [Fact]
    public void A_message_that_begins_alike_and_holds_more_is_no_duplicate() =>
        Assert.Equal(4, new[] { new Item(0, 1, 1), new Item(0, 2, 2), new Item(0, 3, 3), new Item(1, 2, 2) }.Select(i => Id("a", i)).Distinct().Count());

    [Fact]
    public void An_id_fits_what_FIFO_queues_and_topics_allow() =>
        Assert.Matches("^[A-Za-z0-9.-]{1,128}$", Id("ein Name mit Umläuten", new Item(0, 3, 3)));

    [Fact]
    public void Records_of_two_sources_with_the_same_sequence_number_are_no_duplicates() =>
        Assert.NotEqual(Id("a", new Item(1, 1, 1)), Id(Mapping("a") with { SourceArn = "arn:aws:kinesis:us-east-1:123456789012:stream/other" }, Batch, new Item(1, 1, 1)));

    [Fact]
    public void The_first_record_of_an_aggregate_is_no_duplicate_of_the_aggregate()
    {
        Payload whole = TestPayloads.Payload("x");
        TargetBatch aggregate = TestPayloads.Batch(AsItIs, whole), first = TestPayloads.Batch(AsItIs, whole with { IsSubRecord = true }), second = TestPayloads.Batch(AsItIs, whole with { IsSubRecord = true, SubSequence = 1 });

        Assert.Equal(3, new[] { aggregate, first, second }.Select(static p => Id(Mapping("a"), p, new Item(0, 1, 1))).Distinct().Count());
    }

    // The longest sequence numbers that there are have 56 digits; a source that has longer ones must not break FIFO targets.
    [Theory]
    [InlineData(56)]
    [InlineData(400)]
    public void An_id_of_the_longest_numbers_fits_too(int digits)
    {
        var group = new RecordGroup(TestPayloads.Source, SourceKind.Kinesis, [new StreamRecord { SequenceNumber = Encoding.ASCII.GetBytes(new string('9', digits)) }]);
        var payloads = new Payloads(group, new Arena());
        payloads.Items.AddRange([.. Enumerable.Range(0, 10_001).Select(static i => TestPayloads.Payload("x") with { IsSubRecord = true, SubSequence = i })]);
        var batch = new TargetBatch(payloads);
        AsItIs.Cut(payloads, batch);

        Assert.Matches("^[A-Za-z0-9.-]{1,128}$", Id(Mapping("ein Name mit Umläuten"), batch, new Item(10_000, 1, 1)));
        Assert.Matches("^[A-Za-z0-9.-]{1,128}$", Id(Mapping("ein Name mit Umläuten"), batch, new Item(9_000, 1_001, 1)));
    }

    private static Mapping Mapping(string id) => TestTargets.Mapping(TargetType.Sqs, id: id) with { Collapse = Collapse.None };

    private static string Id(string mapping, Item item) => Id(Mapping(mapping), Batch, item);

    private static string Id(Mapping mapping, TargetBatch batch, Item item) => Encoding.ASCII.GetString(new Composer(mapping).Deduplication(batch, item).Span);
}
