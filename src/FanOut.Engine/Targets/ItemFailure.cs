using FanOut.Engine.Batching;

namespace FanOut.Engine.Targets;

/// <summary>An item that a target did not take.</summary>
/// <param name="Index">Its position in the block, from 0.</param>
/// <param name="Failure">Why; <see cref="FailureClass.Refused"/> is sent again, every other class is not.</param>
public readonly record struct ItemFailure(int Index, Failure Failure)
{
    /// <summary>The item was not taken for now: it is sent again.</summary>
    public static ItemFailure Refused(int index, string code, string reason) => new(index, new Failure(FailureClass.Refused, code, reason));

    /// <summary>The item was not taken for good: it goes to the dead letter, or is reported as failed.</summary>
    public static ItemFailure Rejected(int index, string code, string reason) => new(index, new Failure(FailureClass.PermanentItem, code, reason));
}
