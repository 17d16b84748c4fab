using FanOut.Engine.Batching;
using FanOut.Engine.Transform;

namespace FanOut.Tests.Batching;

public class TargetBatchTests
{
    private static readonly SingleItems Cutter = new(static (TargetBatch _, in Payload payload, out Failure? failure) =>
    {
        failure = null;
        return payload.Data.Length;
    }, new Limits(500, 1_000, 10_000));

    [Fact]
    public void Targets_that_send_the_same_payloads_share_what_is_written_of_them()
    {
        Payloads payloads = TestPayloads.Payloads(TestPayloads.Numbers(6));
        using TargetBatch one = TargetBatch.Of(payloads, Cutter), other = TargetBatch.Of(payloads, Cutter);

        using BorrowedBody<StringWriter> whole = Borrow(one, one.Items.Memory), same = Borrow(other, other.Items.Memory), half = Borrow(other, other.Items.Memory[..3]);

        Assert.Same(whole.Body, same.Body);
        Assert.Equal(("012345", "012"), (whole.Body.ToString(), half.Body.ToString()));
    }

    // What is left after a part was taken, or after another invocation has delivered a part, is of one target alone.
    [Fact]
    public void What_has_gaps_is_written_by_itself()
    {
        Payloads payloads = TestPayloads.Payloads(TestPayloads.Numbers(4));
        var settled = new SettledRecords(4);
        settled.Add(1);
        using TargetBatch all = TargetBatch.Of(payloads, Cutter), rest = TargetBatch.Of(payloads, Cutter, settled);

        using BorrowedBody<StringWriter> whole = Borrow(all, all.Items.Memory), lacking = Borrow(rest, rest.Items.Memory);
        using BorrowedBody<StringWriter> refused = Borrow(all, new[] { all.Items[0], all.Items[1], all.Items[3] }), behind = Borrow(rest, rest.Items.Memory[1..]), too = Borrow(all, all.Items.Memory[2..]);

        Assert.Equal(("0123", "023", "013", "23"), (whole.Body.ToString(), lacking.Body.ToString(), refused.Body.ToString(), behind.Body.ToString()));
        Assert.Same(behind.Body, too.Body);
    }

    private static BorrowedBody<StringWriter> Borrow(TargetBatch batch, ReadOnlyMemory<Item> items) => batch.Borrow(items, static (batch, items) =>
    {
        var text = new StringWriter();
        foreach (ref readonly Item item in items.Span)
        {
            text.Write(System.Text.Encoding.UTF8.GetString(batch[item.First].Data.Content.Span));
        }

        return text;
    });
}
