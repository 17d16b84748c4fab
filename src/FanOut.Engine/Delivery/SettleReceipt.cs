using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>Writes down what a receipt says of each item.</summary>
/// <param name="outcome">Where it is written down.</param>
/// <param name="order">What the order of a call's items is worth.</param>
/// <param name="late">Where changes are noted that were taken; null: nowhere.</param>
internal sealed class SettleReceipt(Outcome outcome, CallOrder order, LateChanges? late = null)
{
    /// <summary>Writes down that items have failed.</summary>
    public delegate void FailItems(TargetBatch batch, ReadOnlySpan<Item> items, Failure failure, Attempts attempts);

    /// <summary>Leaves those items that are to be sent again, and says why the first of them was refused; null: none is left.</summary>
    /// <param name="sent">The items that were sent.</param>
    /// <param name="receipt">What the target says of them.</param>
    /// <param name="fail">Writes down what the target rejects.</param>
    /// <param name="isAnyTaken">Whether it took one.</param>
    /// <exception cref="UntrustworthyAnswerException">The receipt cannot be one for these items.</exception>
    public Failure? Run(SentItems sent, Receipt receipt, FailItems fail, out bool isAnyTaken)
    {
        TargetBatch batch = sent.Batch;
        ReadOnlySpan<Item> items = sent.Left.Span;
        if (receipt.Items.Count == 0 && receipt.Late.Count == 0)
        {
            outcome.Take(batch, items);
            NoteTaken(batch, items);
            sent.Left = default;
            isAnyTaken = true;
            return null;
        }

        Failure?[] failures = receipt.FailuresOf(items.Length);
        HashSet<int>? superseded = receipt.Late.Count > 0 ? [.. receipt.Late] : null;
        HashSet<ReadOnlyMemory<byte>>? later = order == CallOrder.LastWins ? new(KeyComparer.Instance) : null;
        var again = new List<Item>(receipt.Items.Count);
        Failure? first = null;
        isAnyTaken = false;

        // From the last to the first: whether a later item of a key was taken decides on the earlier ones.
        for (int i = failures.Length - 1; i >= 0; i--)
        {
            Item item = items[i];
            if (failures[i] is not { } failure)
            {
                isAnyTaken = true;
                if (superseded?.Contains(i) == true)
                {
                    outcome.Supersede(batch[item.First]);
                }
                else
                {
                    outcome.Take(batch, [item]);
                    NoteTaken(batch, [item]);
                }

                later?.Add(batch[item.First].Key);
            }
            else if (later?.Contains(batch[item.First].Key) == true && (failure.Class == FailureClass.Refused || outcome.Mapping.OnFailure == OnFailure.Block))
            {
                outcome.Supersede(batch[item.First]);
            }
            else if (failure.Class == FailureClass.Refused)
            {
                first = failure;
                again.Add(item);
            }
            else
            {
                fail(batch, [item], failure, sent.Attempts);
            }
        }

        again.Reverse();
        sent.Left = again.ToArray();
        return first;
    }

    private void NoteTaken(TargetBatch batch, ReadOnlySpan<Item> items)
    {
        for (int i = 0; late is not null && i < items.Length; i++)
        {
            late.Note(batch, items[i]);
        }
    }
}
