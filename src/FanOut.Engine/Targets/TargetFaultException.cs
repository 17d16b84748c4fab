using FanOut.Engine.Batching;

namespace FanOut.Engine.Targets;

/// <summary>A target takes no items at all, and its own state is the reason: that is the call's failure, not the items'.</summary>
/// <param name="failure">The reason of the first item.</param>
public sealed class TargetFaultException(Failure failure) : Exception($"{failure.Code}: {failure.Reason}")
{
    /// <summary>What it said.</summary>
    public Failure Failure { get; } = failure;

    /// <summary>Throws where every item failed for the target's sake.</summary>
    /// <param name="failures">What failed.</param>
    /// <param name="sent">How many were sent.</param>
    internal static void ThrowIfAll(IReadOnlyList<ItemFailure> failures, int sent)
    {
        if (failures.Count != sent || sent == 0)
        {
            return;
        }

        foreach (ItemFailure failed in failures)
        {
            if (failed.Failure.Class != FailureClass.PermanentTarget)
            {
                return;
            }
        }

        throw new TargetFaultException(failures[0].Failure);
    }
}
