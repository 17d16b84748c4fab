using FanOut.Engine.Batching;

namespace FanOut.Engine.Delivery;

/// <summary>Decides what follows a failed call: a pure function of the failure and of what was seen before it.</summary>
internal static class DecideNextStep
{
    /// <summary>
    /// After so many calls in a row that were rejected whole, while none was taken, it is not the items. Halving finds one bad item among 500 in
    /// 18 calls; a call that is rejected whatever it holds would take 999.
    /// </summary>
    public const int MostRejectedInARow = 32;

    /// <summary>An error that nobody documents may pass. What does not in so many calls is looked into.</summary>
    public const int LeastOfUnknown = 3;

    /// <summary>The step after an error that nobody documents.</summary>
    /// <param name="items">How many items are left to send.</param>
    /// <param name="calls">How often they were sent so, together.</param>
    /// <param name="isDoubted">Whether they are being looked into.</param>
    /// <param name="rejectedInARow">How many calls in a row were rejected whole, this one included.</param>
    public static NextStep AfterUnknown(int items, int calls, bool isDoubted, int rejectedInARow) => isDoubted
        ? items == 1 || rejectedInARow >= MostRejectedInARow ? NextStep.SetAside : NextStep.Halve
        : calls < LeastOfUnknown ? NextStep.SendAgain : NextStep.Doubt;

    /// <summary>A call whose effect is in doubt so often is in doubt for one of its items, or its target is not well: one item shows which.</summary>
    public const int LeastOfAmbiguous = 3;

    /// <summary>An item that was sent by itself so often, and never taken, is to blame where the others of its call were taken: five to eleven seconds.</summary>
    public const int MostAlone = 8;

    /// <summary>The step after a call whose effect is in doubt.</summary>
    /// <param name="failure">Why it is.</param>
    /// <param name="items">How many items are left to send.</param>
    /// <param name="calls">How often they were sent so, together.</param>
    public static NextStep AfterAmbiguous(Failure failure, int items, int calls) =>
        // Half of the time has gone by without an answer: there is none left for doing the same three times.
        items > 1 && calls >= (failure.Code == Classify.NoAnswer ? 1 : LeastOfAmbiguous) ? NextStep.Isolate : NextStep.SendAgain;

    /// <summary>The step after such a call while the item that is to blame is looked for.</summary>
    /// <param name="items">How many items it had.</param>
    /// <param name="refusedInARow">How many such calls in a row were refused, this one included.</param>
    public static NextStep AfterAmbiguous(int items, int refusedInARow) =>
        items == 1 || refusedInARow >= MostRejectedInARow ? NextStep.SetAside : NextStep.Halve;

    /// <summary>The step after any other.</summary>
    /// <param name="failure">Why the call as a whole, or some of its items, were not taken.</param>
    /// <param name="items">How many items are left to send.</param>
    /// <param name="rejectedInARow">How many calls in a row were rejected whole, this one included.</param>
    /// <param name="waitsForTarget">Whether waiting for a target that is left alone is better than failing at once.</param>
    public static NextStep After(Failure failure, int items, int rejectedInARow, bool waitsForTarget) => failure.Class switch
    {
        FailureClass.OutOfTime => NextStep.GiveUp,
        FailureClass.PermanentTarget when waitsForTarget && failure.Code == CircuitOpenException.Code => NextStep.WaitForTarget,
        FailureClass.PermanentTarget => NextStep.EndTarget,
        FailureClass.PermanentItem when items == 1 => NextStep.Reject,
        FailureClass.PermanentItem when rejectedInARow >= MostRejectedInARow => NextStep.EndTarget,
        FailureClass.PermanentItem => NextStep.Halve,
        _ => NextStep.SendAgain,
    };
}
