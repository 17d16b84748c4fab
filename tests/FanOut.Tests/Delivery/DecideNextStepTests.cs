using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;

namespace FanOut.Tests.Delivery;

public class DecideNextStepTests
{
    [Theory]
    [InlineData(nameof(FailureClass.Refused), 5, 0, false, nameof(NextStep.SendAgain))]
    [InlineData(nameof(FailureClass.Ambiguous), 1, 0, false, nameof(NextStep.SendAgain))]
    [InlineData(nameof(FailureClass.PermanentItem), 2, 1, false, nameof(NextStep.Halve))]
    [InlineData(nameof(FailureClass.PermanentItem), 2, 31, false, nameof(NextStep.Halve))]
    [InlineData(nameof(FailureClass.PermanentItem), 2, 32, false, nameof(NextStep.EndTarget))]
    [InlineData(nameof(FailureClass.PermanentItem), 1, 32, false, nameof(NextStep.Reject))]
    [InlineData(nameof(FailureClass.PermanentTarget), 1, 0, false, nameof(NextStep.EndTarget))]
    [InlineData(nameof(FailureClass.PermanentTarget), 9, 0, true, nameof(NextStep.EndTarget))]
    [InlineData(nameof(FailureClass.OutOfTime), 9, 0, true, nameof(NextStep.GiveUp))]
    public void The_step_follows_from_the_failure_and_what_came_before(string kind, int items, int rejectedInARow, bool waitsForTarget, string step) =>
        Assert.Equal(step, $"{DecideNextStep.After(new Failure(Enum.Parse<FailureClass>(kind), "Code", "why"), items, rejectedInARow, waitsForTarget)}");

    [Theory]
    [InlineData(500, 1, false, 0, nameof(NextStep.SendAgain))]
    [InlineData(500, 2, false, 40, nameof(NextStep.SendAgain))]
    [InlineData(500, 3, false, 0, nameof(NextStep.Doubt))]
    [InlineData(1, 3, false, 0, nameof(NextStep.Doubt))]
    [InlineData(250, 1, true, 1, nameof(NextStep.Halve))]
    [InlineData(250, 1, true, 32, nameof(NextStep.SetAside))]
    [InlineData(1, 1, true, 1, nameof(NextStep.SetAside))]
    public void What_nobody_documents_is_sent_again_first_and_looked_into_then(int items, int calls, bool isDoubted, int rejectedInARow, string step) =>
        Assert.Equal(step, $"{DecideNextStep.AfterUnknown(items, calls, isDoubted, rejectedInARow)}");

    [Theory]
    [InlineData("Http500", 500, 2, nameof(NextStep.SendAgain))]
    [InlineData("Http500", 500, 3, nameof(NextStep.Isolate))]
    [InlineData("Http500", 1, 9, nameof(NextStep.SendAgain))]
    [InlineData("NoAnswer", 500, 1, nameof(NextStep.Isolate))]
    [InlineData("NoAnswer", 1, 1, nameof(NextStep.SendAgain))]
    public void A_call_whose_effect_is_in_doubt_is_repeated_first_and_made_with_one_item_then(string code, int items, int calls, string step) =>
        Assert.Equal(step, $"{DecideNextStep.AfterAmbiguous(new Failure(FailureClass.Ambiguous, code, "why"), items, calls)}");

    [Theory]
    [InlineData(250, 1, nameof(NextStep.Halve))]
    [InlineData(250, 32, nameof(NextStep.SetAside))]
    [InlineData(1, 1, nameof(NextStep.SetAside))]
    public void Once_a_target_took_one_the_others_are_halved(int items, int refusedInARow, string step) =>
        Assert.Equal(step, $"{DecideNextStep.AfterAmbiguous(items, refusedInARow)}");

    [Theory]
    [InlineData(true, nameof(NextStep.WaitForTarget))]
    [InlineData(false, nameof(NextStep.EndTarget))]
    public void A_target_that_is_left_alone_is_waited_for_where_failing_at_once_would_use_up_retries(bool waitsForTarget, string step)
    {
        Failure open = Classify.Of(new CircuitOpenException(new Failure(FailureClass.Refused, "Unreachable", "why"), default));
        Assert.Equal(step, $"{DecideNextStep.After(open, 3, 0, waitsForTarget)}");
    }
}
