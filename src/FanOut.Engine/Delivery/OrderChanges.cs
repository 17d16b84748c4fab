using System.Runtime.InteropServices;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Delivery;

/// <summary>Puts the changes of an item into the order in which they happened: where Kinesis carries the changes of a table, they may come in another.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html: ApproximateCreationDateTime tells the order in which an item was changed.</remarks>
internal static class OrderChanges
{
    /// <summary>The payloads, those of each key by the time of their changes; changes of the same time stay as they came.</summary>
    /// <param name="payloads">The payloads in the records' order, of changes or of anything else, which stays as it is.</param>
    public static Payloads Of(Payloads payloads)
    {
        if (payloads.Changes is not { } changes || IsInOrder(payloads, changes))
        {
            return payloads;
        }

        // By time altogether, which is easier than by key and no worse. It happens so rarely that the list is left to the garbage collector.
        Payloads ordered = payloads.InOrder(payloads.Items.Count);
        int[] positions = [.. Enumerable.Range(0, payloads.Items.Count)];
        Array.Sort(positions, (one, other) => changes.TimeOf(payloads.Items[one].Record).CompareTo(changes.TimeOf(payloads.Items[other].Record)) is var order and not 0 ? order : one - other);
        foreach (int position in positions)
        {
            ordered.Items.Add(payloads.Items[position]);
        }

        return ordered;
    }

    private static bool IsInOrder(Payloads payloads, ChangeRecords changes)
    {
        var last = new Dictionary<ReadOnlyMemory<byte>, long>(payloads.Items.Count, KeyComparer.Instance);
        foreach (ref readonly Payload payload in payloads.Items.Span)
        {
            long time = changes.TimeOf(payload.Record);
            ref long before = ref CollectionsMarshal.GetValueRefOrAddDefault(last, payload.Key, out _);
            if (time < before)
            {
                return false;
            }

            before = time;
        }

        return true;
    }
}
