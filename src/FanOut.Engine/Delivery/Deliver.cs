using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>Sends a plan to its target: retries what is refused while there is time, isolates what is rejected, counts all of it.</summary>
/// <param name="outlet">The target, and what is known of it.</param>
/// <param name="outcome">Where it is written down.</param>
/// <param name="answerWithin">How long a call may be without an answer.</param>
/// <param name="time">The clock of back-off.</param>
/// <param name="random">The jitter of back-off; thread-safe or not, it is locked.</param>
public sealed class Deliver(Outlet outlet, Outcome outcome, TimeSpan answerWithin, TimeProvider time, Random random)
{
    // Halving finds one bad item among 500 in 18 calls. A call that is rejected whatever it holds would take 999.
    private const int MostRejectedInARow = 32;

    private readonly ITarget _target = outlet.Target;
    private readonly AskTarget _ask = new(outlet, outcome, answerWithin, time);
    private Failure? _ended;
    private HeldKeys? _held;
    private int _rejectedInARow;

    /// <summary>Sends the plan's items, several calls at a time or strictly one after the other.</summary>
    /// <param name="plan">What is to be sent.</param>
    /// <param name="atATime">How many calls at a time; 1: in order.</param>
    /// <param name="cancellationToken">Cancelled when the time for sending is up.</param>
    public Task RunAsync(Plan plan, int atATime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Item[] items = [.. plan.Items];
        return atATime <= 1 ? InOrderAsync(plan, items, cancellationToken) : AtOnceAsync(plan, items, atATime, cancellationToken);
    }

    private async Task AtOnceAsync(Plan plan, Item[] items, int atATime, CancellationToken cancellationToken)
    {
        IReadOnlyList<(int First, int Count)> blocks = Blocks.Cut(items, _target.Limits);
        int next = -1;
        if (blocks.Count > 0 && (blocks.Count == 1 || !outlet.Circuit.IsClosed))
        {
            // A target that was out of reach is tried with one call, not with all of them at once.
            await LoopAsync(until: 1).ConfigureAwait(false);
        }

        // The work is waiting, not computing: as many loops as blocks may be under way, each taking the next.
        await Task.WhenAll(Enumerable.Range(0, Math.Min(atATime, blocks.Count)).Select(_ => LoopAsync(blocks.Count))).ConfigureAwait(false);

        async Task LoopAsync(int until)
        {
            while (Volatile.Read(ref next) < until - 1 && Interlocked.Increment(ref next) is var i && i < until)
            {
                await SendAsync(plan, items.AsMemory(blocks[i].First, blocks[i].Count), default, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task InOrderAsync(Plan plan, Item[] items, CancellationToken cancellationToken)
    {
        _held = outcome.Mapping.OnFailure == OnFailure.Block ? HeldKeys.Of(plan) : null;
        foreach (Item[] wave in Waves.Of(plan, items, _target.CallOrder))
        {
            foreach ((int first, int count) in Blocks.Cut(wave, _target.Limits))
            {
                ReadOnlyMemory<Item> block = Release(plan, wave.AsMemory(first, count));
                if (!block.IsEmpty && !await SendAsync(plan, block, default, cancellationToken).ConfigureAwait(false))
                {
                    // Only time ends a block so, or the target's end, which stands already.
                    _ended ??= WaitsForOrder;
                }
            }
        }
    }

    private static Failure WaitsForOrder => new(
        FailureClass.OutOfTime, "Order", "Not sent, because a record before it could not be delivered and the mapping keeps order.");

    private ReadOnlyMemory<Item> Release(Plan plan, ReadOnlyMemory<Item> items)
    {
        if (_held is null)
        {
            return items;
        }

        List<Item> waiting = [];
        Item[] free = _held.Release(plan, items.Span, waiting);
        Fail(plan, [.. waiting], WaitsForOrder, default);
        return free;
    }

    /// <summary>Sends items until each is taken or has failed; says whether all were taken or failed for reasons of their own.</summary>
    private async Task<bool> SendAsync(Plan plan, ReadOnlyMemory<Item> items, Attempts attempts, CancellationToken cancellationToken)
    {
        for (int again = 0; ; again++)
        {
            if (_ended is { } ended)
            {
                Fail(plan, items.Span, ended, attempts);
                return false;
            }

            if (cancellationToken.IsCancellationRequested)
            {
                Fail(plan, items.Span, OutOfTime(null), attempts);
                return false;
            }

            Failure refusal;
            try
            {
                ReadOnlyMemory<Item> sent = items;
                bool isAgain = again > 0;
                Receipt receipt = await outlet.Circuit.CallAsync(() =>
                {
                    // Only here: an open circuit makes no call.
                    outcome.Call(isAgain, sent.Span);
                    attempts = attempts.Next(time.GetUtcNow());
                    return _ask.RunAsync(plan, sent, cancellationToken);
                }).ConfigureAwait(false);
                items = Settle(plan, items, receipt, attempts, out Failure? first);
                if (items.IsEmpty)
                {
                    return true;
                }

                refusal = first!;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Fail(plan, items.Span, NoAnswer, attempts);
                return false;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                refusal = Classify.Of(e);
                outcome.Opened ??= outlet.Circuit.TakeOpened();
                switch (refusal.Class)
                {
                    case FailureClass.PermanentTarget:
                        _ended ??= refusal;
                        continue;
                    case FailureClass.PermanentItem when items.Length > 1 && !IsRejectedWhatever(refusal):
                        return await HalveAsync(plan, items, attempts, cancellationToken).ConfigureAwait(false);
                    case FailureClass.PermanentItem:
                        Fail(plan, items.Span, refusal, attempts);
                        return true;
                }
            }

            if (!await WaitAsync(again, cancellationToken).ConfigureAwait(false))
            {
                Fail(plan, items.Span, OutOfTime(refusal), attempts);
                return false;
            }
        }
    }

    /// <summary>A call was rejected whole for the sake of some item: finds it by halving, and delivers the others.</summary>
    private async Task<bool> HalveAsync(Plan plan, ReadOnlyMemory<Item> items, Attempts attempts, CancellationToken cancellationToken)
    {
        int half = items.Length / 2;
        bool first = await SendAsync(plan, items[..half], attempts, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<Item> rest = Release(plan, items[half..]);
        bool second = rest.IsEmpty || await SendAsync(plan, rest, attempts, cancellationToken).ConfigureAwait(false);
        return first && second;
    }

    /// <summary>Whether so many calls were rejected, and none taken, that it cannot be the items.</summary>
    private bool IsRejectedWhatever(Failure refusal)
    {
        if (Interlocked.Increment(ref _rejectedInARow) < MostRejectedInARow)
        {
            return false;
        }

        _ended ??= new Failure(
            FailureClass.PermanentTarget, refusal.Code, $"{MostRejectedInARow} calls in a row were rejected, whatever they held: {refusal.Reason}") { RequestId = refusal.RequestId };
        return true;
    }

    /// <summary>Writes down what the receipt says and returns the items to send again.</summary>
    private Item[] Settle(Plan plan, ReadOnlyMemory<Item> items, Receipt receipt, Attempts attempts, out Failure? first)
    {
        first = null;
        if (receipt.Items.Count == 0)
        {
            _rejectedInARow = 0;
            outcome.Take(plan, items.Span);
            return [];
        }

        Failure?[] failures = receipt.FailuresOf(items.Length);
        bool isLastWins = _target.CallOrder == CallOrder.LastWins;
        HashSet<ReadOnlyMemory<byte>>? later = isLastWins ? new(KeyComparer.Instance) : null;
        var again = new List<Item>(receipt.Items.Count);

        // From the last to the first: whether a later item of a key was taken decides on the earlier ones.
        for (int i = failures.Length - 1; i >= 0; i--)
        {
            Item item = items.Span[i];
            Failure? failure = failures[i];
            bool isRefused = failure is { Class: FailureClass.Refused };
            if (failure is null)
            {
                _rejectedInARow = 0;
                outcome.Take(plan, [item]);
                later?.Add(plan[item.First].Key);
            }
            else if (later?.Contains(plan[item.First].Key) == true && (isRefused || outcome.Mapping.OnFailure == OnFailure.Block))
            {
                outcome.Supersede(plan[item.First].Record);
            }
            else if (isRefused)
            {
                first = failure;
                again.Add(item);
            }
            else
            {
                Fail(plan, [item], failure, attempts);
            }
        }

        again.Reverse();
        return [.. again];
    }

    private async Task<bool> WaitAsync(int again, CancellationToken cancellationToken)
    {
        double chance;
        lock (random)
        {
            chance = random.NextDouble();
        }

        try
        {
            await Task.Delay(Backoff.Of(again, chance), time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Fail(Plan plan, ReadOnlySpan<Item> items, Failure failure, Attempts attempts)
    {
        foreach (ref readonly Item item in items)
        {
            _held?.Hold(plan, item);
            for (int i = 0; i < item.Count; i++)
            {
                outcome.Fail(plan[item.First + i].Record, plan[item.First + i], failure, attempts);
            }
        }
    }

    private static Failure NoAnswer => new(FailureClass.OutOfTime, "NoAnswer", "The target had not answered when the invocation's time was up: it may have been taken.");

    private static Failure OutOfTime(Failure? last) => last is null
        ? new Failure(FailureClass.OutOfTime, "OutOfTime", "The invocation's time was up; give the function a longer time-out or smaller batches.")
        : new Failure(FailureClass.OutOfTime, last.Code, $"Refused until the invocation's time was up: {last.Reason}") { RequestId = last.RequestId };
}
