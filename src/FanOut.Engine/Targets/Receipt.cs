using FanOut.Aws;
using FanOut.Engine.Batching;
using FanOut.Engine.Faults;

namespace FanOut.Engine.Targets;

/// <summary>What became of the items of a block: it names those that were not taken.</summary>
/// <param name="Items">The items that were not taken.</param>
public readonly record struct Receipt(IReadOnlyList<ItemFailure> Items)
{
    private readonly IReadOnlyList<int>? _late;

    /// <summary>The positions of items that the target did not need any more, because it has a newer version; they count as done.</summary>
    public IReadOnlyList<int> Late
    {
        get => _late ?? [];
        init => _late = value;
    }

    /// <summary>Everything was taken.</summary>
    public static Receipt AllTaken { get; } = new([]);

    /// <summary>The receipt of a batch call of AWS, which answers with the entries that failed.</summary>
    /// <remarks>An entry is judged by its code, and by whom the service blames (<c>SenderFault</c>) only where nobody documents the code.</remarks>
    /// <param name="service">Whose answer it is.</param>
    /// <param name="failed">The entries that failed.</param>
    /// <param name="sent">How many entries the call had.</param>
    /// <param name="isOfRecord">Whether what the target allows may depend on the record. Default: no, so that where all entries are denied the target is.</param>
    /// <exception cref="TargetFaultException">All of them failed for the target's sake.</exception>
    internal static Receipt Of(Service service, IReadOnlyList<BatchResultErrorEntry> failed, int sent, bool isOfRecord = false)
    {
        if (failed.Count == 0)
        {
            return AllTaken;
        }

        var items = new ItemFailure[failed.Count];
        for (int i = 0; i < items.Length; i++)
        {
            BatchResultErrorEntry entry = failed[i];
            items[i] = new ItemFailure(entry.Index, new Failure(ClassOf(service, entry), entry.ErrorCode, entry.ErrorMessage));
        }

        if (!isOfRecord)
        {
            TargetFaultException.ThrowIfAll(items, sent);
        }

        return new Receipt(items);
    }

    /// <summary>What became of each item that was sent; null: it was taken.</summary>
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

    // SQS and SNS blame the sender for being throttled, too.
    private static FailureClass ClassOf(Service service, BatchResultErrorEntry entry) => KnownFaults.ClassOf(service, entry.ErrorCode) switch
    {
        // Of a call it would be doubtful whether it had an effect; here the service says that it had none.
        FailureClass.Ambiguous => FailureClass.Refused,
        { } known => known,
        null => entry.SenderFault ? FailureClass.PermanentItem : FailureClass.Refused,
    };
}
