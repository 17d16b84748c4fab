using FanOut.Engine.Batching;

namespace FanOut.Engine.Delivery;

/// <summary>The failures that delivery itself has to tell, rather than a target.</summary>
internal static class FailedCall
{
    /// <summary>What came before it could not be delivered.</summary>
    public static Failure WaitsForOrder => new(
        FailureClass.OutOfTime, "Order", "Not sent, because a record before it could not be delivered and the mapping keeps order.");

    /// <summary>The call was under way when time was up.</summary>
    /// <param name="before">Why calls before it were refused; null: none was.</param>
    public static Failure NoAnswer(Failure? before) => new(
        FailureClass.OutOfTime, "NoAnswer", "The target had not answered when the time for sending was up: it may have been taken." + Before(before)) { RequestId = before?.RequestId };

    /// <summary>Time was up before it was sent.</summary>
    /// <param name="before">Why what was sent before it was refused; null: nothing was.</param>
    public static Failure NotSent(Failure? before) => new(
        FailureClass.OutOfTime, "OutOfTime", "The time for sending was up; give the function a longer time-out or smaller batches." + Before(before)) { RequestId = before?.RequestId };

    /// <summary>Time was up.</summary>
    /// <param name="last">Why it was not taken when it was last sent.</param>
    public static Failure OutOfTime(Failure last) => last switch
    {
        { Code: CircuitOpenException.Code } => last with { Class = FailureClass.OutOfTime },
        { RetryAfter: not null } => new Failure(
            FailureClass.OutOfTime, last.Code, $"Not taken within the time for sending, and not sent again before the target wants it: {last.Reason}") { RequestId = last.RequestId },
        _ => new Failure(FailureClass.OutOfTime, last.Code, $"Refused until the time for sending was up: {last.Reason}") { RequestId = last.RequestId },
    };

    /// <summary>The target rejects calls whatever they hold.</summary>
    public static Failure RejectsWhatever(Failure last) => new(
        FailureClass.PermanentTarget, last.Code, $"{DecideNextStep.MostRejectedInARow} calls in a row were rejected, whatever they held: {last.Reason}") { RequestId = last.RequestId };

    /// <summary>The target takes others, but never this item.</summary>
    public static Failure RefusedAlone(Failure last) => last with
    {
        Class = last.Class == FailureClass.Unknown ? FailureClass.PermanentItem : last.Class,
        Reason = $"Refused by itself, again and again, while the records that shared its request were taken: {last.Reason}",
    };

    /// <summary>The target does not take this item, and others cannot be tried before it.</summary>
    public static Failure InTheWay(Failure last) => last with
    {
        Reason = $"Refused by itself, again and again, while what follows it under its key waited, as the mapping keeps order: {last.Reason}",
    };

    private static string Before(Failure? refusal) => refusal is null ? "" : $" Calls before were not taken: {refusal.Code}: {refusal.Reason}";
}
