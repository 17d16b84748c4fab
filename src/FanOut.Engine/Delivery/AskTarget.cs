using FanOut.Engine.Batching;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>One call to a target: given up when it has no answer, made once more with other credentials where it is them that are refused.</summary>
/// <param name="outlet">The target, and how its credentials are renewed.</param>
/// <param name="outcome">Where calls are counted, and watched until they have ended.</param>
/// <param name="answerWithin">How long a call may be without an answer.</param>
/// <param name="time">The clock.</param>
internal sealed class AskTarget(Outlet outlet, Outcome outcome, TimeSpan answerWithin, TimeProvider time)
{
    // A call that has no answer for so long when time is up is held against its target.
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(5);

    /// <summary>Makes the call; exceptions are the target's own, or those below.</summary>
    /// <exception cref="NoAnswerException">It had no answer.</exception>
    /// <exception cref="OperationCanceledException">It was cut off so early that this says nothing of the target.</exception>
    public async Task<Receipt> RunAsync(Plan plan, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        try
        {
            return await WaitForAnswerAsync(plan, items, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (outlet.Renew is not null && Classify.IsOfCredentials(Classify.Of(e)))
        {
            // A session may have expired or been revoked; if a new one is refused too, the role is.
            outlet.Renew();
            outcome.Call(true, items.Span);
            return await WaitForAnswerAsync(plan, items, cancellationToken).ConfigureAwait(false);
        }
    }

    // Another connection may be better, and others wait.
    private async Task<Receipt> WaitForAnswerAsync(Plan plan, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(answerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        long started = time.GetTimestamp();

        // A target that does not heed the token must not keep the function from answering in time.
        Task<Receipt> sending = outlet.Target.SendAsync(plan, items, either.Token);
        outcome.Watch(sending);
        try
        {
            return await sending.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            TimeSpan waited = time.GetElapsedTime(started);
            throw patience.IsCancellationRequested || waited >= LongEnough ? new NoAnswerException(waited) : new OperationCanceledException(cancellationToken);
        }
    }
}
