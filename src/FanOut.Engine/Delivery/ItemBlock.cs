using FanOut.Engine.Batching;

namespace FanOut.Engine.Delivery;

/// <summary>Items that are sent in one call.</summary>
/// <param name="Of">What they are of.</param>
/// <param name="Items">The items.</param>
internal readonly record struct ItemBlock(OpenBatch Of, ReadOnlyMemory<Item> Items)
{
    /// <summary>The batch that the items are of.</summary>
    public TargetBatch Batch => Of.Batch;

    /// <summary>How many bytes they have together, as their target counts them.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (ref readonly Item item in Items.Span)
            {
                bytes += item.Bytes;
            }

            return bytes;
        }
    }
}
