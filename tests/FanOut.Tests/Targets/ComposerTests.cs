using System.Text;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Tests.Batching;

namespace FanOut.Tests.Targets;

public class ComposerTests
{
    private static readonly TargetBatch Batch = TestPayloads.Batch(
        new SingleItems(static (in FanOut.Engine.Transform.Payload p, out Failure? f) =>
        {
            f = null;
            return p.Data.Length;
        }, new Limits(10, 100, 1_000)), TestPayloads.Numbers(3));

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
        Assert.Matches("^[A-Za-z0-9-]{1,128}$", Id("ein Name mit Umläuten", new Item(0, 3, 3)));

    private static string Id(string mapping, Item item) => Encoding.ASCII.GetString(new Composer(Collapse.None, mapping).Deduplication(Batch, item).Span);
}
