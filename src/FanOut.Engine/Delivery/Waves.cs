using FanOut.Engine.Batching;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>Divides items into waves, so that the order of each key is kept even if a target takes only some items of a call.</summary>
/// <remarks>
/// PutRecords and its like may refuse an item and take a later one of the same key: the refused one, sent again, would arrive behind it
/// (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html). So the n-th item of each key goes in the n-th wave, and a
/// wave begins when all of those before are settled. This costs one call for each item of the most frequent key; batches without
/// repeated keys cost nothing more.
/// </remarks>
internal static class Waves
{
    /// <summary>The items, wave after wave, each in the order in which they came.</summary>
    public static IReadOnlyList<Item[]> Of(TargetBatch batch, Item[] items, CallOrder order)
    {
        if (order is CallOrder.AsOne or CallOrder.LastWins or CallOrder.Independent || items.Length <= 1)
        {
            return [items];
        }

        if (order == CallOrder.OneGroup)
        {
            return Array.ConvertAll(items, static i => new[] { i });
        }

        var waves = new List<List<Item>>();
        var next = new Dictionary<ReadOnlyMemory<byte>, int>(items.Length, KeyComparer.Instance);
        foreach (Item item in items)
        {
            int wave = 0;
            for (int i = 0; i < item.Count; i++)
            {
                wave = Math.Max(wave, next.GetValueOrDefault(batch[item.First + i].Key));
            }

            for (int i = 0; i < item.Count; i++)
            {
                next[batch[item.First + i].Key] = wave + 1;
            }

            if (wave == waves.Count)
            {
                waves.Add([]);
            }

            waves[wave].Add(item);
        }

        return waves.ConvertAll(static w => w.ToArray());
    }
}
