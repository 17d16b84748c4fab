using System.Net;
using Amazon.Runtime;
using FanOut.Engine.Batching;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.EndToEnd.Engine;

/// <summary>A real target with faults in front of it.</summary>
internal sealed class FaultyTarget(ITarget inner, Random random) : ITarget
{
    /// <summary>What goes wrong.</summary>
    public enum Fault
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>All calls are denied.</summary>
        Denied,

        /// <summary>Calls have their effect, and then seem to be denied.</summary>
        DeniedAfterEffect,

        /// <summary>Some items are rejected.</summary>
        SomeRejected,
    }

    /// <summary>What goes wrong now.</summary>
    public Fault Now { get; set; }

    public Limits Limits => inner.Limits;

    public PayloadForm Form => inner.Form;

    public IItemCutter Cutter => inner.Cutter;

    public bool IsOrdered => inner.IsOrdered;

    public CallOrder CallOrder => inner.CallOrder;

    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        if (Now == Fault.Denied)
        {
            throw Denial();
        }

        int[] sent = [.. Enumerable.Range(0, items.Length).Where(_ => Now != Fault.SomeRejected || random.Next(3) > 0)];
        Receipt receipt = sent.Length == 0 ? Receipt.AllTaken : await inner.SendAsync(batch, sent.Select(i => items.Span[i]).ToArray(), cancellationToken);
        if (Now == Fault.DeniedAfterEffect)
        {
            throw Denial();
        }

        return new Receipt([.. receipt.Items.Select(f => f with { Index = sent[f.Index] }), .. Enumerable.Range(0, items.Length).Except(sent).Select(static i => ItemFailure.Rejected(i, "Bad", "It is bad."))])
        {
            Late = [.. receipt.Late.Select(i => sent[i])],
        };
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static AmazonServiceException Denial() => new("no", null, ErrorType.Sender, "AccessDeniedException", "r1", HttpStatusCode.Forbidden);
}
