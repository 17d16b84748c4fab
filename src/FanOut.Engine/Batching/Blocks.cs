namespace FanOut.Engine.Batching;

/// <summary>Cuts items into blocks under a target's limits; a block of precisely the limit is one block.</summary>
public static class Blocks
{
    /// <summary>The blocks, as positions and counts; order is kept, nothing is lost or repeated.</summary>
    /// <remarks>An item that exceeds the limit of a call by itself becomes a block of its own; cutters do not let such items pass.</remarks>
    public static IReadOnlyList<(int First, int Count)> Cut(ReadOnlySpan<Item> items, in Limits limits)
    {
        var blocks = new List<(int, int)>();
        int first = 0;
        long bytes = limits.CallOverhead;
        for (int i = 0; i < items.Length; i++)
        {
            long added = items[i].Bytes + (i > first ? limits.Separator : 0);
            if (i > first && (i - first == limits.Items || bytes + added > limits.CallBytes))
            {
                blocks.Add((first, i - first));
                (first, bytes, added) = (i, limits.CallOverhead, items[i].Bytes);
            }

            bytes += added;
        }

        if (items.Length > first)
        {
            blocks.Add((first, items.Length - first));
        }

        return blocks;
    }
}
