using FanOut.Engine.Batching;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>
/// The changes that a target which keeps the last value of a key has of a batch: an older one that comes in a later part of the batch must not take their place.
/// </summary>
internal sealed class LateChanges
{
    private readonly Dictionary<ReadOnlyMemory<byte>, long> _taken = new(KeyComparer.Instance);

    /// <summary>Notes that an item was taken, if it is a change and more parts may follow.</summary>
    public void Note(TargetBatch batch, in Item item)
    {
        if (batch.Payloads.Changes is null || batch.Payloads.IsWhole)
        {
            return;
        }

        // A copy: the batch's memory is used for others when it is over.
        ReadOnlyMemory<byte> key = batch[item.First].Key;
        _taken[key.ToArray()] = Math.Max(batch.RankOf(batch[item.First].Record), _taken.GetValueOrDefault(key));
    }

    /// <summary>Leaves out items that are older than what was taken under their key, and hands them over.</summary>
    public ReadOnlyMemory<Item> WithoutLate(TargetBatch batch, ReadOnlyMemory<Item> items, Action<Item> late)
    {
        if (_taken.Count == 0)
        {
            return items;
        }

        var left = new List<Item>(items.Length);
        foreach (ref readonly Item item in items.Span)
        {
            if (_taken.TryGetValue(batch[item.First].Key, out long taken) && batch.RankOf(batch[item.First].Record) < taken)
            {
                late(item);
            }
            else
            {
                left.Add(item);
            }
        }

        return left.Count == items.Length ? items : left.ToArray();
    }
}
