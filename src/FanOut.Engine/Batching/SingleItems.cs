using FanOut.Engine.Transform;

namespace FanOut.Engine.Batching;

/// <summary>One item per payload.</summary>
/// <param name="measure">An item's size as the target counts it, or why it cannot be sent at all.</param>
/// <param name="limits">The target's limits.</param>
internal sealed class SingleItems(SingleItems.Measure measure, Limits limits) : IItemCutter
{
    public delegate int Measure(TargetBatch batch, in Payload payload, out Failure? failure);

    public void Cut(Payloads payloads, TargetBatch batch)
    {
        long most = Math.Min(limits.ItemBytes, limits.CallBytes - limits.CallOverhead);
        for (int i = 0; i < payloads.Items.Count; i++)
        {
            ref readonly Payload payload = ref payloads.Items[i];
            if (!batch.Wants(payload))
            {
                continue;
            }

            if (Unshaped.Of(payloads, payload) is { } fault)
            {
                batch.Fail(i, fault);
                continue;
            }

            int bytes = measure(batch, payload, out Failure? failure);
            failure ??= bytes > most ? Oversize.Of(bytes, most) : null;
            if (failure is not null)
            {
                batch.Fail(i, failure);
                continue;
            }

            batch.Items.Add(new Item(batch.Count, 1, bytes));
            batch.Select(i);
        }
    }
}
