using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Transform;

namespace FanOut.Engine.DeadLetters;

/// <summary>Cuts what was not delivered into items, one envelope each, and writes the envelopes when their call is made: not all at once.</summary>
/// <param name="envelopes">Writes one envelope.</param>
/// <param name="undelivered">What was not delivered; a payload of the batch names its position here as its record.</param>
/// <param name="most">How many bytes an envelope may have: with more it goes without its data.</param>
/// <param name="overhead">How many bytes the destination counts for each envelope beside its own.</param>
internal sealed class DeadLetterWriter(Envelopes envelopes, IReadOnlyList<Undelivered> undelivered, long most, int overhead) : IItemCutter
{
    // The writer of envelopes remembers the aggregate that it has unpacked last, and several calls are under way at a time.
    private readonly object _gate = new();
    private readonly Dictionary<int, string> _omissions = [];

    /// <inheritdoc/>
    public void Cut(Payloads payloads, TargetBatch batch)
    {
        for (int i = 0; i < undelivered.Count; i++)
        {
            batch.Items.Add(new Item(batch.Count, 1, envelopes.Measure(undelivered[i], most) + overhead));
            batch.Select(i);
        }
    }

    /// <summary>What an item is the envelope of.</summary>
    public Undelivered this[TargetBatch batch, in Item item] => undelivered[batch[item.First].Record];

    /// <summary>Writes an item's envelope.</summary>
    /// <returns>Whether the record's data is in it.</returns>
    public bool Write(RequestBody into, TargetBatch batch, in Item item)
    {
        int position = batch[item.First].Record;
        lock (_gate)
        {
            return envelopes.Write(into, undelivered[position], most, _omissions.GetValueOrDefault(position));
        }
    }

    /// <summary>From now on an item's envelope is written without the record's data.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="item">The item.</param>
    /// <param name="reason">Why, for people.</param>
    public void LeaveOutData(TargetBatch batch, in Item item, string reason)
    {
        lock (_gate)
        {
            _omissions[batch[item.First].Record] = reason;
        }
    }
}
