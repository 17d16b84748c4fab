using FanOut.Engine.Batching;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Delivery;

/// <summary>Sends a plan to its target: retries what is refused while there is time, isolates what is rejected, counts all of it.</summary>
/// <param name="target">The target.</param>
/// <param name="outcome">Where it is written down.</param>
/// <param name="time">The clock of back-off.</param>
/// <param name="random">The jitter of back-off; thread-safe or not, it is locked.</param>
public sealed class Deliver(ITarget target, Outcome outcome, TimeProvider time, Random random)
{
    private Failure? _ended;

    /// <summary>Sends the plan's blocks, several at a time or strictly one after the other.</summary>
    /// <param name="plan">What is to be sent.</param>
    /// <param name="atATime">How many blocks at a time.</param>
    /// <param name="cancellationToken">Cancelled when the time for sending is up.</param>
    public async Task RunAsync(Plan plan, int atATime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Item[] items = [.. plan.Items];
        IReadOnlyList<(int First, int Count)> blocks = Blocks.Cut(items, target.Limits);
        if (atATime <= 1 || blocks.Count == 1)
        {
            foreach ((int first, int count) in blocks)
            {
                bool whole = await SendAsync(plan, items.AsMemory(first, count), cancellationToken).ConfigureAwait(false);

                // In order means: nothing after what could not be sent. Only time ends a block so, or the target's end, which stands already.
                _ended ??= whole || atATime > 1 ? null : new Failure(FailureClass.OutOfTime, "Order", "Not sent, because a record before it could not be delivered and the mapping keeps order.");
            }

            return;
        }

        // The work is waiting, not computing: as many loops as blocks may be under way, each taking the next.
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(atATime, blocks.Count)).Select(_ => LoopAsync())).ConfigureAwait(false);

        async Task LoopAsync()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < blocks.Count;)
            {
                await SendAsync(plan, items.AsMemory(blocks[i].First, blocks[i].Count), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends items until each is taken or has failed; says whether all were taken or failed for reasons of their own.</summary>
    private async Task<bool> SendAsync(Plan plan, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            if (_ended is { } ended)
            {
                Fail(plan, items.Span, ended);
                return false;
            }

            if (cancellationToken.IsCancellationRequested)
            {
                Fail(plan, items.Span, OutOfTime(null));
                return false;
            }

            outcome.Call(attempt > 0, PayloadsOf(items.Span));
            Failure refusal;
            try
            {
                // A target that does not heed the token must not keep the function from answering in time.
                Task<Receipt> sending = target.SendAsync(plan, items, cancellationToken);
                outcome.Watch(sending);
                Receipt receipt = await sending.WaitAsync(cancellationToken).ConfigureAwait(false);
                items = Settle(plan, items, receipt, out Failure? first);
                if (items.IsEmpty)
                {
                    return true;
                }

                refusal = first!;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Fail(plan, items.Span, OutOfTime(null));
                return false;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                refusal = Classify.Of(e);
                switch (refusal.Class)
                {
                    case FailureClass.PermanentTarget:
                        _ended = refusal;
                        continue;
                    case FailureClass.PermanentItem when items.Length > 1:
                        return await HalveAsync(plan, items, cancellationToken).ConfigureAwait(false);
                    case FailureClass.PermanentItem:
                        Fail(plan, items.Span, refusal);
                        return true;
                }
            }

            if (!await WaitAsync(attempt, cancellationToken).ConfigureAwait(false))
            {
                Fail(plan, items.Span, OutOfTime(refusal));
                return false;
            }
        }
    }

    /// <summary>A call was rejected whole for the sake of some item: finds it by halving, and delivers the others.</summary>
    private async Task<bool> HalveAsync(Plan plan, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        int half = items.Length / 2;
        bool first = await SendAsync(plan, items[..half], cancellationToken).ConfigureAwait(false);
        bool second = await SendAsync(plan, items[half..], cancellationToken).ConfigureAwait(false);
        return first && second;
    }

    /// <summary>Writes down what the receipt says and returns the items to send again.</summary>
    private Item[] Settle(Plan plan, ReadOnlyMemory<Item> items, Receipt receipt, out Failure? first)
    {
        first = null;
        if (receipt.Items.Count == 0)
        {
            foreach (ref readonly Item item in items.Span)
            {
                Take(plan, item);
            }

            return [];
        }

        var again = new List<Item>(receipt.Items.Count);
        var failures = new Failure?[items.Length];
        foreach (ItemFailure failed in receipt.Items)
        {
            // An answer that names an item we did not send, or one twice, cannot be trusted for any.
            if ((uint)failed.Index >= (uint)items.Length || failures[failed.Index] is not null)
            {
                throw new UntrustworthyAnswerException($"The target refused item {failed.Index} of {items.Length}, which was not sent or was refused already.");
            }

            failures[failed.Index] = failed.Failure;
        }

        for (int i = 0; i < failures.Length; i++)
        {
            Item item = items.Span[i];
            switch (failures[i])
            {
                case null:
                    Take(plan, item);
                    break;
                case { Class: FailureClass.Refused } refused:
                    first ??= refused;
                    again.Add(item);
                    break;
                case { } rejected:
                    Fail(plan, [item], rejected);
                    break;
            }
        }

        return [.. again];
    }

    private async Task<bool> WaitAsync(int attempt, CancellationToken cancellationToken)
    {
        double chance;
        lock (random)
        {
            chance = random.NextDouble();
        }

        try
        {
            await Task.Delay(Backoff.Of(attempt, chance), time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Take(Plan plan, in Item item)
    {
        for (int i = 0; i < item.Count; i++)
        {
            outcome.Take(plan[item.First + i].Record);
        }
    }

    private void Fail(Plan plan, ReadOnlySpan<Item> items, Failure failure)
    {
        foreach (ref readonly Item item in items)
        {
            for (int i = 0; i < item.Count; i++)
            {
                outcome.Fail(plan[item.First + i].Record, failure);
            }
        }
    }

    private static int PayloadsOf(ReadOnlySpan<Item> items)
    {
        int count = 0;
        foreach (ref readonly Item item in items)
        {
            count += item.Count;
        }

        return count;
    }

    private static Failure OutOfTime(Failure? last) => last is null
        ? new Failure(FailureClass.OutOfTime, "OutOfTime", "The invocation's time was up; give the function a longer time-out or smaller batches.")
        : new Failure(FailureClass.OutOfTime, last.Code, $"Refused until the invocation's time was up: {last.Reason}");
}
