using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Delivery;

/// <summary>
/// Sends blocks of one batch until each item is taken or has failed: what is refused comes again while there is time, and what is rejected is
/// isolated. What is to be done is decided by <see cref="DecideNextStep"/>; here it is done.
/// </summary>
/// <param name="activeTarget">The target, and what is known of it.</param>
/// <param name="batch">What the items are made of.</param>
/// <param name="outcome">Where it is written down.</param>
/// <param name="held">The keys of what will come again; <see langword="null"/>: what follows them does not wait.</param>
/// <param name="answerWithin">How long a call may be without an answer.</param>
/// <param name="time">The clock of back-off.</param>
/// <param name="random">The jitter of back-off; thread-safe or not, it is locked.</param>
internal sealed class SendBlock(ActiveTarget activeTarget, TargetBatch batch, Outcome outcome, HeldKeys? held, TimeSpan answerWithin, TimeProvider time, Random random)
{
    private readonly SendOnce _call = new(activeTarget, batch, outcome, answerWithin, time);
    private readonly SettleReceipt _settle = new(batch, outcome, activeTarget.Target.CallOrder);

    // A record that fails at once comes again at once, and each time uses up one of the event source mapping's retries.
    private readonly bool _waitsForTarget = outcome.Mapping.OnFailure == OnFailure.Block;

    // Blocks that are under way at the same time share both: why nothing more is sent, and how many calls in a row were rejected whole.
    private Failure? _end;
    private int _rejectedInARow;

    /// <summary>Nothing more is sent; the first reason counts.</summary>
    public void End(Failure reason) => Interlocked.CompareExchange(ref _end, reason, null);

    /// <summary>Sends a block.</summary>
    /// <returns>Whether all its items were taken, or failed for reasons of their own.</returns>
    public Task<bool> RunAsync(ReadOnlyMemory<Item> items, CancellationToken cancellationToken) => RunAsync(items, Attempts.None, cancellationToken);

    private async Task<bool> RunAsync(ReadOnlyMemory<Item> items, Attempts attempts, CancellationToken cancellationToken)
    {
        var sent = new SentItems(HoldBack(items), attempts);
        for (int again = 0; sent.Left.Length > 0; again++)
        {
            if (await TryAsync(sent, cancellationToken).ConfigureAwait(false) is not { } failure)
            {
                return true;
            }

            NextStep step = DecideNextStep.After(failure, sent.Left.Length, Volatile.Read(ref _rejectedInARow), _waitsForTarget);
            switch (step)
            {
                case NextStep.Halve:
                    return await HalveAsync(sent, cancellationToken).ConfigureAwait(false);
                case NextStep.Reject:
                    Fail(sent.Left.Span, failure, sent.Attempts);
                    return true;
                case NextStep.EndTarget:
                    End(failure.Class == FailureClass.PermanentItem ? FailedCall.RejectsWhatever(failure) : failure);
                    Fail(sent.Left.Span, Volatile.Read(ref _end)!, sent.Attempts);
                    return false;
                case NextStep.GiveUp:
                    Fail(sent.Left.Span, failure, sent.Attempts);
                    return false;
            }

            TimeSpan pause = Backoff.Of(again, Chance());
            if (step == NextStep.WaitForTarget)
            {
                pause += activeTarget.Circuit.Pause;
            }

            if (!await WaitAsync(pause, cancellationToken).ConfigureAwait(false))
            {
                Fail(sent.Left.Span, FailedCall.OutOfTime(failure), sent.Attempts);
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes one call, if one may be made, and says what kept items from being taken; <see langword="null"/>: none is left.</summary>
    private async Task<Failure?> TryAsync(SentItems sent, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _end) is { } end)
        {
            return end;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return FailedCall.OutOfTime(null);
        }

        try
        {
            Receipt receipt = await _call.RunAsync(sent, cancellationToken).ConfigureAwait(false);
            Failure? refusal = _settle.Run(sent, receipt, Fail, out bool isAnyTaken);
            if (isAnyTaken)
            {
                Volatile.Write(ref _rejectedInARow, 0);
            }

            return refusal;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return FailedCall.NoAnswer;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Failure failure = Classify.Of(e);
            outcome.Opened ??= activeTarget.Circuit.TakeOpened();
            if (failure.Class == FailureClass.PermanentItem && sent.Left.Length > 1)
            {
                Interlocked.Increment(ref _rejectedInARow);
            }

            return failure;
        }
    }

    /// <summary>A call was rejected whole for the sake of some item: finds it by halving, and delivers the others.</summary>
    private async Task<bool> HalveAsync(SentItems sent, CancellationToken cancellationToken)
    {
        int half = sent.Left.Length / 2;
        bool first = await RunAsync(sent.Left[..half], sent.Attempts, cancellationToken).ConfigureAwait(false);
        bool second = await RunAsync(sent.Left[half..], sent.Attempts, cancellationToken).ConfigureAwait(false);
        return first && second;
    }

    /// <summary>Leaves out what must wait for a record before it.</summary>
    private ReadOnlyMemory<Item> HoldBack(ReadOnlyMemory<Item> items)
    {
        if (held is null)
        {
            return items;
        }

        List<Item> waiting = [];
        Item[] free = held.Release(batch, items.Span, waiting);
        Fail([.. waiting], FailedCall.WaitsForOrder, Attempts.None);
        return free;
    }

    private void Fail(ReadOnlySpan<Item> items, Failure failure, Attempts attempts)
    {
        foreach (ref readonly Item item in items)
        {
            held?.Hold(batch, item);
            for (int i = 0; i < item.Count; i++)
            {
                Payload payload = batch[item.First + i];
                outcome.Fail(payload.Record, payload.IsSubRecord ? payload.SubSequence : null, failure, attempts);
            }
        }
    }

    private double Chance()
    {
        lock (random)
        {
            return random.NextDouble();
        }
    }

    private async Task<bool> WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
