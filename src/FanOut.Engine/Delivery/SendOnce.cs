using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>
/// One call to a target, unless its circuit is open: counted, given up when it has no answer, and made once more with new credentials where the
/// old ones are not accepted.
/// </summary>
/// <param name="activeTarget">The target, its circuit, and how its credentials are renewed.</param>
/// <param name="outcome">Where calls are counted, and watched until they have ended.</param>
/// <param name="answerWithin">How long a call may be without an answer.</param>
/// <param name="time">The clock.</param>
internal sealed class SendOnce(ActiveTarget activeTarget, Outcome outcome, TimeSpan answerWithin, TimeProvider time)
{
    // A call that has no answer for so long when time is up is held against its target.
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(5);

    /// <summary>Makes the call; exceptions are the target's own, or those below.</summary>
    /// <exception cref="CircuitOpenException">The target is left alone for a while.</exception>
    /// <exception cref="NoAnswerException">It had no answer.</exception>
    /// <exception cref="OperationCanceledException">It was cut off so early that this says nothing of the target.</exception>
    public Task<Receipt> RunAsync(SentItems sent, CancellationToken cancellationToken) => activeTarget.Circuit.CallAsync(() => activeTarget.ForgetCredentials is null
        ? WaitForAnswerAsync(sent, cancellationToken)
        : WithGoodCredentialsAsync(sent, activeTarget.ForgetCredentials, cancellationToken));

    private async Task<Receipt> WithGoodCredentialsAsync(SentItems sent, Action forgetCredentials, CancellationToken cancellationToken)
    {
        try
        {
            return await WaitForAnswerAsync(sent, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not HttpAnswerException && Classify.IsOfCredentials(Classify.Of(e)))
        {
            // A session may have expired or been revoked; if a new one is not accepted either, the role is denied.
            forgetCredentials();
            return await WaitForAnswerAsync(sent, cancellationToken).ConfigureAwait(false);
        }
    }

    // Given up before the invocation's time is up: another connection may be better, and others wait.
    private async Task<Receipt> WaitForAnswerAsync(SentItems sent, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(answerWithin, time);
        using CancellationTokenRegistration timeIsUp = cancellationToken.UnsafeRegister(static p => ((CancellationTokenSource)p!).Cancel(), patience);
        long started = time.GetTimestamp();
        outcome.CountCall(isAgain: sent.Attempts.Count > 0, sent.Left.Span);
        sent.CountCall(time.GetUtcNow());

        // A target that does not heed the token must not keep the function from answering in time.
        Task<Receipt> sending = activeTarget.Target.SendAsync(sent.Batch, sent.Left, patience.Token);
        try
        {
            return await sending.WaitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            if (!sending.IsCompleted)
            {
                outcome.Watch(sending);
                sent.Batch.Abandon();
            }

            TimeSpan waited = time.GetElapsedTime(started);
            throw waited >= answerWithin || waited >= LongEnough || !cancellationToken.IsCancellationRequested
                ? new NoAnswerException(waited)
                : new OperationCanceledException(cancellationToken);
        }
    }
}
