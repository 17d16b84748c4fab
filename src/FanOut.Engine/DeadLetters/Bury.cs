using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Targets;

namespace FanOut.Engine.DeadLetters;

/// <summary>Sends what was not delivered to its mapping's dead letter.</summary>
/// <param name="deadLetters">Where it is sent.</param>
/// <param name="outcome">What became of the records, where it is written down.</param>
internal sealed class Bury(IDeadLetters deadLetters, Outcome outcome)
{
    /// <summary>
    /// Sends all that failed, except what was never tried because time was up: that comes again, as nothing may be wrong with it or its target.
    /// </summary>
    public async Task RunAsync(RecordGroup group, CancellationToken cancellationToken)
    {
        var dead = new List<Undelivered>(outcome.Undelivered.Count);
        foreach (Undelivered undelivered in outcome.Undelivered)
        {
            if (undelivered.Failure.Class != FailureClass.OutOfTime || undelivered.Attempts.Count > 0)
            {
                dead.Add(undelivered);
            }
        }

        if (dead.Count == 0)
        {
            return;
        }

        // Blocks that are sent at the same time fail in any order. In the records' own, sending them again makes the same objects in a bucket.
        dead.Sort(static (a, b) => (a.Record, a.SubSequence ?? -1).CompareTo((b.Record, b.SubSequence ?? -1)));
        try
        {
            // As with targets: a destination that ignores the token must not keep the function from answering.
            Task<Receipt> sending = deadLetters.SendAsync(outcome.Mapping, group, dead, cancellationToken);
            outcome.Watch(sending);
            Settle(dead, await sending.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failure failure = e is OperationCanceledException
                ? new Failure(FailureClass.OutOfTime, "DeadLetter", "The dead letter had not answered when the invocation's time was up.")
                : Classify.Of(e) with { Code = "DeadLetter" };
            outcome.FailToBury(failure);
        }
    }

    private void Settle(List<Undelivered> dead, Receipt receipt)
    {
        Failure?[] failed = receipt.FailuresOf(dead.Count);
        for (int i = 0; i < failed.Length; i++)
        {
            if (failed[i] is { } failure)
            {
                outcome.FailToBury(failure with { Code = "DeadLetter" });
            }
            else
            {
                outcome.Bury(dead[i]);
            }
        }
    }
}
