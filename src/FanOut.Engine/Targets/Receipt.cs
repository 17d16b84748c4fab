using FanOut.Aws;
using FanOut.Engine.Batching;

namespace FanOut.Engine.Targets;

/// <summary>What became of the items of a block: it names those that were not taken.</summary>
/// <param name="Items">The items that were not taken.</param>
public readonly record struct Receipt(IReadOnlyList<ItemFailure> Items)
{
    /// <summary>Everything was taken.</summary>
    public static Receipt AllTaken { get; } = new([]);

    /// <summary>The receipt of a batch call of AWS, which answers with the entries that failed.</summary>
    /// <remarks>Where the service blames the entry itself (<c>SenderFault</c>), it is not sent again.</remarks>
    internal static Receipt Of(IReadOnlyList<BatchResultErrorEntry> failed)
    {
        if (failed.Count == 0)
        {
            return AllTaken;
        }

        var items = new ItemFailure[failed.Count];
        for (int i = 0; i < items.Length; i++)
        {
            BatchResultErrorEntry entry = failed[i];
            items[i] = entry.SenderFault
                ? ItemFailure.Rejected(entry.Index, entry.ErrorCode, entry.ErrorMessage)
                : ItemFailure.Refused(entry.Index, entry.ErrorCode, entry.ErrorMessage);
        }

        return new Receipt(items);
    }

    /// <summary>What became of each item that was sent; <see langword="null"/>: it was taken.</summary>
    /// <param name="sent">How many were sent.</param>
    /// <exception cref="UntrustworthyAnswerException">It names an item that was not sent, or one twice: then it proves nothing for any item.</exception>
    internal Failure?[] FailuresOf(int sent)
    {
        var failures = new Failure?[sent];
        foreach (ItemFailure failed in Items)
        {
            if ((uint)failed.Index >= (uint)sent || failures[failed.Index] is not null)
            {
                throw new UntrustworthyAnswerException($"The target answered that item {failed.Index} of {sent} failed, which was not sent or was named already.");
            }

            failures[failed.Index] = failed.Failure;
        }

        return failures;
    }
}
