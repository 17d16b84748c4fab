using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>
/// Sends blocks of one target until each item is taken or has failed: what is refused comes again while there is time, and what is rejected is
/// isolated. What is to be done is decided by <see cref="DecideNextStep"/>; here it is done.
/// </summary>
/// <param name="activeTarget">The target, and what is known of it.</param>
/// <param name="outcome">Where it is written down.</param>
/// <param name="keepsOrder">Whether the items of a key are sent in their order.</param>
/// <param name="held">The keys of what will come again; null: what follows them does not wait.</param>
/// <param name="late">The changes that the target has, behind which older ones come too late; null: it is not looked at.</param>
/// <param name="answerWithin">How long a call may be without an answer.</param>
/// <param name="time">The clock of back-off.</param>
/// <param name="random">The jitter of back-off; thread-safe or not, it is locked.</param>
internal sealed partial class SendBlock(
    ActiveTarget activeTarget, Outcome outcome, bool keepsOrder, HeldKeys? held, LateChanges? late, TimeSpan answerWithin, TimeProvider time, Random random)
{
    private readonly SendOnce _call = new(activeTarget, outcome, answerWithin, time);
    private readonly SettleReceipt _settle = new(outcome, activeTarget.Target.CallOrder, late);

    // A record that fails at once comes again at once, and each time uses up one of the event source mapping's retries.
    private readonly bool _waitsForTarget = outcome.Mapping.OnFailure == OnFailure.Block;

    // All blocks of the target share them, also those of other batches of the event: why nothing more is sent, why a call was refused last, how many calls in a
    // row were rejected whole, and whether any was not.
    private Failure? _end;
    private Failure? _refusal;
    private int _rejectedInARow;
    private bool _hasTaken;

    /// <summary>Why what has not been made yet is not sent any more now that time is up: for the reason of what was, such as a target that is left alone.</summary>
    public Failure NotSent => Volatile.Read(ref _end) is { Class: FailureClass.OutOfTime } end ? end : FailedCall.NotSent(Volatile.Read(ref _refusal));

    /// <summary>Nothing more is sent; the first reason counts.</summary>
    public void End(Failure reason) => Interlocked.CompareExchange(ref _end, reason, null);

    /// <summary>Sends a block.</summary>
    /// <returns>Whether all its items were taken, or failed for reasons of their own.</returns>
    public Task<bool> RunAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken) =>
        RunAsync(batch, items, Attempts.None, null, cancellationToken);

    private async Task<bool> RunAsync(TargetBatch batch, ReadOnlyMemory<Item> items, Attempts attempts, Doubted? doubted, CancellationToken cancellationToken)
    {
        items = HoldBack(batch, items);
        var sent = new SentItems(batch, doubted?.WithoutFollowers(items, attempts) ?? items, attempts);
        bool isWhole = true;
        for (int again = 0; sent.Left.Length > 0; again++)
        {
            if (await TryAsync(sent, cancellationToken).ConfigureAwait(false) is not { } failure)
            {
                doubted?.NoteTaken();
                return isWhole;
            }

            NextStep step = Decide(failure, sent, again + 1, doubted);
            if (step is NextStep.Halve or NextStep.SetAside && failure is { Class: FailureClass.Ambiguous, RetryAfter: { } later } && !await WaitAsync(later, cancellationToken).ConfigureAwait(false))
            {
                Fail(batch, sent.Left.Span, FailedCall.OutOfTime(failure), sent.Attempts);
                return false;
            }

            switch (step)
            {
                case NextStep.Isolate:
                    return await IsolateAsync(sent, failure, again, cancellationToken).ConfigureAwait(false) && isWhole;
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
                    Fail(batch, sent.Left.Span, failure, sent.Attempts);
                    return isWhole;
                case NextStep.EndTarget:
                    End(failure.Class == FailureClass.PermanentItem ? FailedCall.RejectsWhatever(failure) : failure);
                    Fail(batch, sent.Left.Span, Volatile.Read(ref _end)!, sent.Attempts);
                    return false;
                case NextStep.GiveUp:
                    Fail(batch, sent.Left.Span, failure, sent.Attempts);
                    return false;
            }

            TimeSpan pause = PauseAfter(failure, again) + (step == NextStep.WaitForTarget ? activeTarget.Circuit.Pause : TimeSpan.Zero);
            if (!await WaitAsync(pause, cancellationToken).ConfigureAwait(false))
            {
                Failure late = FailedCall.OutOfTime(failure);
                if (step == NextStep.WaitForTarget)
                {
                    // All that is left for this target has waited for the same.
                    End(late);
                }

                Fail(batch, sent.Left.Span, late, sent.Attempts);
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

    private NextStep Decide(Failure failure, SentItems sent, int calls, Doubted? doubted)
    {
        int rejectedInARow = CountRejected(failure, sent, doubted is not null);
        switch (failure.Class)
        {
            case FailureClass.Unknown:
                doubted?.NoteRefused(failure);
                return DecideNextStep.AfterUnknown(sent.Left.Length, calls, doubted is not null, rejectedInARow);
            case FailureClass.Ambiguous when doubted is { Of: FailureClass.Ambiguous }:
                doubted.NoteRefused(failure);
                return DecideNextStep.AfterAmbiguous(sent.Left.Length, doubted.RefusedInARow);
            case FailureClass.Ambiguous when doubted is null:
                return DecideNextStep.AfterAmbiguous(failure, sent.Left.Length, calls);
            default:
                return DecideNextStep.After(failure, sent.Left.Length, rejectedInARow, _waitsForTarget);
        }
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
        bool first = await RunAsync(sent.Batch, sent.Left[..half], sent.Attempts, doubted, cancellationToken).ConfigureAwait(false);
        bool second = await RunAsync(sent.Batch, sent.Left[half..], sent.Attempts, doubted, cancellationToken).ConfigureAwait(false);
        return first && second;
    }

    private TimeSpan PauseAfter(Failure failure, int again)
    {
        TimeSpan pause = Backoff.Of(again, Chance());
        return failure.RetryAfter > pause ? failure.RetryAfter.Value : pause;
    }

    /// <summary>Leaves out what comes too late, and what must wait for a record before it.</summary>
    private ReadOnlyMemory<Item> HoldBack(TargetBatch batch, ReadOnlyMemory<Item> items)
    {
        items = late?.WithoutLate(batch, items, item => outcome.Supersede(batch[item.First])) ?? items;
        if (held is null)
        {
            return items;
        }

        List<Item> waiting = [];
        Item[] free = held.Release(batch, items.Span, waiting);
        Fail(batch, [.. waiting], FailedCall.WaitsForOrder, Attempts.None);
        return free;
    }

    private void Fail(TargetBatch batch, ReadOnlySpan<Item> items, Failure failure, Attempts attempts)
    {
        for (int i = 0; held is not null && i < items.Length; i++)
        {
            held.Hold(batch, items[i]);
        }

        outcome.Fail(batch, items, failure, attempts);
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
