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
    // Few enough that what is made of them to be sent is small beside the event; an event of aggregates may have many times as many.
    private const int AtATime = 1_000;

    /// <summary>
    /// Sends all that failed, except what was never tried because time was up: that comes again, as nothing may be wrong with it or its target.
    /// </summary>
    /// <param name="group">The records.</param>
    /// <param name="memory">How many bytes calls that are under way at the same time may hold together.</param>
    /// <param name="cancellationToken">Cancelled when the time for it is up.</param>
    public async Task RunAsync(RecordGroup group, long memory, CancellationToken cancellationToken)
    {
        Failure? end = null;

        // In the records' order, so that sending them again makes the same objects in a bucket.
        foreach (Undelivered[] dead in outcome.Undelivered.InOrder().Where(IsDead).Chunk(AtATime))
        {
            if (end is null)
            {
                end = await SendAsync(group, dead, memory, cancellationToken).ConfigureAwait(false);
                continue;
            }

            outcome.FailToBury(end, dead.Length);
        }
    }

    private static bool IsDead(Undelivered undelivered) => undelivered.Failure.Class != FailureClass.OutOfTime || undelivered.Attempts.Count > 0;

    /// <summary>Sends some of them, and says why no more can be sent; null: more can.</summary>
    private async Task<Failure?> SendAsync(RecordGroup group, Undelivered[] dead, long memory, CancellationToken cancellationToken)
    {
        try
        {
            // When time is up it ends by itself, and says which were taken by then and why the others were not.
            return Settle(dead, await deadLetters.SendAsync(outcome.Mapping, group, dead, memory, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failure failure = e is OperationCanceledException
                ? new Failure(FailureClass.OutOfTime, "DeadLetter", "The dead letter had not answered when the invocation's time was up.")
                : Classify.Of(e) with { Code = "DeadLetter" };
            outcome.FailToBury(failure);
            return failure;
        }
    }

    /// <summary>Writes down what was taken. If the last of them was not, although nothing is wrong with it, what follows would only overtake it or fail too.</summary>
    private Failure? Settle(Undelivered[] dead, Receipt receipt)
    {
        Failure?[] failed = receipt.FailuresOf(dead.Length);
        for (int i = 0; i < failed.Length; i++)
        {
            if (failed[i] is { } failure)
            {
                failed[i] = failure with { Code = "DeadLetter" };
                outcome.FailToBury(failed[i]!);
            }
            else
            {
                outcome.Bury(dead[i]);
            }
        }

        return failed[^1] is { Class: not FailureClass.PermanentItem } last ? last : null;
    }
}
