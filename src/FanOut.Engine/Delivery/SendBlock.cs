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
/// <param name="keepsOrder">Whether the items of a key are sent in their order.</param>
/// <param name="held">The keys of what will come again; null: what follows them does not wait.</param>
/// <param name="answerWithin">How long a call may be without an answer.</param>
/// <param name="time">The clock of back-off.</param>
/// <param name="random">The jitter of back-off; thread-safe or not, it is locked.</param>
internal sealed class SendBlock(
    ActiveTarget activeTarget, TargetBatch batch, Outcome outcome, bool keepsOrder, HeldKeys? held, TimeSpan answerWithin, TimeProvider time, Random random)
{
    private readonly SendOnce _call = new(activeTarget, batch, outcome, answerWithin, time);
    private readonly SettleReceipt _settle = new(batch, outcome, activeTarget.Target.CallOrder);

    // A record that fails at once comes again at once, and each time uses up one of the event source mapping's retries.
    private readonly bool _waitsForTarget = outcome.Mapping.OnFailure == OnFailure.Block;

    // Blocks that are under way at the same time share them: why nothing more is sent, why a call was refused last, how many calls in a row were rejected whole, and
    // whether any was not.
    private Failure? _end;
    private Failure? _refusal;
    private int _rejectedInARow;
    private bool _hasTaken;

    /// <summary>Nothing more is sent; the first reason counts.</summary>
    public void End(Failure reason) => Interlocked.CompareExchange(ref _end, reason, null);

    /// <summary>Sends a block.</summary>
    /// <returns>Whether all its items were taken, or failed for reasons of their own.</returns>
    public Task<bool> RunAsync(ReadOnlyMemory<Item> items, CancellationToken cancellationToken) => RunAsync(items, Attempts.None, null, cancellationToken);

    private async Task<bool> RunAsync(ReadOnlyMemory<Item> items, Attempts attempts, Doubted? doubted, CancellationToken cancellationToken)
    {
        items = HoldBack(items);
        var sent = new SentItems(doubted?.WithoutFollowers(items, attempts) ?? items, attempts);
        bool isWhole = true;
        for (int again = 0; sent.Left.Length > 0; again++)
        {
            if (await TryAsync(sent, cancellationToken).ConfigureAwait(false) is not { } failure)
            {
                return isWhole;
            }

            int rejectedInARow = CountRejected(failure, sent, doubted is not null);
            NextStep step = failure.Class == FailureClass.Unknown
                ? DecideNextStep.AfterUnknown(sent.Left.Length, again + 1, doubted is not null, rejectedInARow)
                : DecideNextStep.After(failure, sent.Left.Length, rejectedInARow, _waitsForTarget);
            switch (step)
            {
                case NextStep.Halve:
                    return await HalveAsync(sent, doubted, cancellationToken).ConfigureAwait(false) && isWhole;
                case NextStep.SetAside:
                    doubted!.Add(sent.Left.Span, sent.Attempts);
                    return isWhole;
                case NextStep.Doubt:
                    int before = sent.Left.Length;
                    (sent, bool isPartWhole) = await DoubtAsync(sent, failure, cancellationToken).ConfigureAwait(false);
                    isWhole &= isPartWhole;
                    if (sent.Left.Length < before)
                    {
                        continue;
                    }

                    break;
                case NextStep.Reject:
                    Fail(sent.Left.Span, failure, sent.Attempts);
                    return isWhole;
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
                Failure late = FailedCall.OutOfTime(failure);
                if (step == NextStep.WaitForTarget)
                {
                    // All that is left for this target has waited for the same.
                    End(late);
                }

                Fail(sent.Left.Span, late, sent.Attempts);
                return false;
            }
        }

        return isWhole;
    }

    /// <summary>Makes one call, if one may be made, and says what kept items from being taken; null: none is left.</summary>
    private async Task<Failure?> TryAsync(SentItems sent, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _end) is { } end)
        {
            return end;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return FailedCall.NotSent(Volatile.Read(ref _refusal));
        }

        try
        {
            Receipt receipt = await _call.RunAsync(sent, cancellationToken).ConfigureAwait(false);
            Failure? refusal = _settle.Run(sent, receipt, Fail, out bool isAnyTaken);
            if (isAnyTaken)
            {
                Volatile.Write(ref _rejectedInARow, 0);
                Volatile.Write(ref _hasTaken, true);
            }

            return refusal is null ? null : Refused(refusal);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return FailedCall.NoAnswer(Volatile.Read(ref _refusal));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            outcome.NoteOpened(activeTarget.Circuit.TakeOpened());
            return Refused(Classify.Of(e));
        }
    }

    private Failure Refused(Failure failure)
    {
        if (failure.Class is FailureClass.Refused or FailureClass.Ambiguous or FailureClass.Unknown)
        {
            Volatile.Write(ref _refusal, failure);
        }

        return failure;
    }

    /// <summary>Says how many calls in a row were rejected whole, this one included if it was.</summary>
    private int CountRejected(Failure failure, SentItems sent, bool isDoubted) =>
        sent.Left.Length > 1 && (failure.Class == FailureClass.PermanentItem || (isDoubted && failure.Class == FailureClass.Unknown))
            ? Interlocked.Increment(ref _rejectedInARow)
            : Volatile.Read(ref _rejectedInARow);

    /// <summary>A call was rejected whole for the sake of some item: finds it by halving, and delivers the others.</summary>
    private async Task<bool> HalveAsync(SentItems sent, Doubted? doubted, CancellationToken cancellationToken)
    {
        int half = sent.Left.Length / 2;
        bool first = await RunAsync(sent.Left[..half], sent.Attempts, doubted, cancellationToken).ConfigureAwait(false);
        bool second = await RunAsync(sent.Left[half..], sent.Attempts, doubted, cancellationToken).ConfigureAwait(false);
        return first && second;
    }

    /// <summary>A call was refused whole, again and again, and nobody knows why: delivers those that are taken without the others.</summary>
    /// <returns>What is left to send, and whether all the rest were taken or failed for reasons of their own.</returns>
    private async Task<(SentItems Left, bool IsWhole)> DoubtAsync(SentItems sent, Failure failure, CancellationToken cancellationToken)
    {
        var doubted = new Doubted(batch, keepsOrder);
        bool isWhole = true;
        if (sent.Left.Length == 1)
        {
            doubted.Add(sent.Left.Span, sent.Attempts);
        }
        else
        {
            isWhole = await HalveAsync(sent, doubted, cancellationToken).ConfigureAwait(false);
        }

        // Where some were taken now, the target may only have come back in between: the others go once more. Where none was, though the target
        // does take others, those that were refused by themselves are to blame. And where it has taken nothing at all, nobody is.
        if (doubted.Count < sent.Left.Length || !Volatile.Read(ref _hasTaken))
        {
            return (new SentItems(doubted.All, doubted.Attempts), isWhole);
        }

        foreach ((Item item, Attempts attempts) in doubted.Alone)
        {
            Fail([item], failure with { Class = FailureClass.PermanentItem }, attempts);
        }

        return (new SentItems(HoldBack(doubted.Others), doubted.Attempts), isWhole);
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
