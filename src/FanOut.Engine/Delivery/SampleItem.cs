using FanOut.Engine.Batching;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>Chooses the item that is sent in the place of all, to find out whether their target takes any.</summary>
internal static class SampleItem
{
    /// <summary>The items that may be sent before all others.</summary>
    /// <param name="batch">What they are made of.</param>
    /// <param name="items">The items, in the batch's order.</param>
    /// <param name="keepsOrder">Whether an item may not be sent before an earlier one of its key.</param>
    public static ReadOnlyMemory<Item> Candidates(TargetBatch batch, ReadOnlyMemory<Item> items, bool keepsOrder)
    {
        if (!keepsOrder)
        {
            return items;
        }

        var keys = new HashSet<ReadOnlyMemory<byte>>(KeyComparer.Instance);
        var first = new List<Item>();
        foreach (ref readonly Item item in items.Span)
        {
            bool isFirst = true;
            for (int i = 0; i < item.Count; i++)
            {
                isFirst &= !keys.Contains(batch[item.First + i].Key);
            }

            for (int i = 0; i < item.Count; i++)
            {
                keys.Add(batch[item.First + i].Key);
            }

            if (isFirst)
            {
                first.Add(item);
            }
        }

        return first.ToArray();
    }

    /// <summary>One of them, another each time.</summary>
    /// <remarks>
    /// The last comes first: a batch that comes again begins with the record that failed. Then the golden ratio spreads them, as bad records often come together.
    /// </remarks>
    /// <param name="candidates">The items that may be chosen; not empty.</param>
    /// <param name="time">How many were chosen before.</param>
    public static Item Choose(ReadOnlyMemory<Item> candidates, int time)
    {
        double share = 1 - (time * 0.6180339887498949 % 1);
        return candidates.Span[Math.Max(0, (int)Math.Ceiling(share * candidates.Length) - 1)];
    }
}
