using FanOut.Engine.Batching;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Delivery;

/// <summary>
/// The keys of records that will come again: later records of the same key must wait, or they would be sent first.
/// </summary>
internal sealed class HeldKeys
{
    private readonly Dictionary<ReadOnlyMemory<byte>, long> _since = new(KeyComparer.Instance);

    /// <summary>Holds the keys of what a batch could not make items of.</summary>
    public void Hold(TargetBatch batch)
    {
        foreach (Undecodable broken in batch.Payloads.Undecodable)
        {
            if (batch.Wants(broken.Record))
            {
                Hold(broken.Key, batch.RankOf(broken.Record));
            }
        }

        foreach ((int payload, _) in batch.Failed)
        {
            Hold(batch.Payloads.All[payload].Key, batch.RankOf(batch.Payloads.All[payload].Record));
        }
    }

    /// <summary>Holds all keys of an item.</summary>
    public void Hold(TargetBatch batch, in Item item)
    {
        for (int i = 0; i < item.Count; i++)
        {
            Hold(batch[item.First + i].Key, batch.RankOf(batch[item.First + i].Record));
        }
    }

    /// <summary>
    /// Divides items into those that may be sent and those that must wait. Of an item that holds several records only those wait whose keys are held; the others
    /// are sent without them.
    /// </summary>
    public Item[] Release(TargetBatch batch, ReadOnlySpan<Item> items, List<Item> waiting)
    {
        if (_since.Count == 0)
        {
            return items.ToArray();
        }

        var free = new List<Item>(items.Length);
        foreach (Item item in items)
        {
            bool[] mayBeSent = [.. Enumerable.Range(item.First, item.Count).Select(i => !Holds(batch, batch[i]))];
            if (!mayBeSent.Contains(false))
            {
                free.Add(item);
            }
            else if (!mayBeSent.Contains(true))
            {
                waiting.Add(item);
            }
            else
            {
                (Item sent, Item left) = batch.Divide(item, mayBeSent);
                free.Add(sent);
                waiting.Add(left);
            }
        }

        return [.. free];
    }

    private bool Holds(TargetBatch batch, in Payload payload) => _since.TryGetValue(payload.Key, out long since) && since <= batch.RankOf(payload.Record);

    private void Hold(ReadOnlyMemory<byte> key, long rank)
    {
        if (!_since.TryGetValue(key, out long since))
        {
            // A copy: the batch's memory is used for others when it is over, and the key is held beyond.
            _since.Add(key.ToArray(), rank);
        }
        else if (rank < since)
        {
            _since[key] = rank;
        }
    }
}
