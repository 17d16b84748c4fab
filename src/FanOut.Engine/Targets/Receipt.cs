using FanOut.Engine.Batching;

namespace FanOut.Engine.Targets;

/// <summary>What became of the items of a block: all that it does not name were taken.</summary>
/// <param name="Items">The items that were not taken.</param>
public readonly record struct Receipt(IReadOnlyList<ItemFailure> Items)
{
    /// <summary>Everything was taken.</summary>
    public static Receipt AllTaken { get; } = new([]);

    /// <summary>What became of each item that was sent; <see langword="null"/>: it was taken.</summary>
    /// <param name="sent">How many were sent.</param>
    /// <exception cref="UntrustworthyAnswerException">It names an item that was not sent, or one twice: then it is no proof for any.</exception>
    internal Failure?[] FailuresOf(int sent)
    {
        var failures = new Failure?[sent];
        foreach (ItemFailure failed in Items)
        {
            if ((uint)failed.Index >= (uint)sent || failures[failed.Index] is not null)
            {
                throw new UntrustworthyAnswerException($"The target refused item {failed.Index} of {sent}, which was not sent or was refused already.");
            }

            failures[failed.Index] = failed.Failure;
        }

        return failures;
    }
}
