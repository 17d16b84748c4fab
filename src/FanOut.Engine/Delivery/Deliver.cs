using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;

namespace FanOut.Engine.Delivery;

/// <summary>Sends a batch to its target in blocks, several at a time or in order, and counts what becomes of it.</summary>
/// <param name="activeTarget">The target, and what is known of it.</param>
/// <param name="outcome">Where it is written down.</param>
/// <param name="answerWithin">How long a call may be without an answer.</param>
/// <param name="time">The clock of back-off.</param>
/// <param name="random">The jitter of back-off; thread-safe or not, it is locked.</param>
public sealed class Deliver(ActiveTarget activeTarget, Outcome outcome, TimeSpan answerWithin, TimeProvider time, Random random)
{
    // Smaller calls would save little memory and cost many round trips.
    private const long SmallestCall = 128 * 1024;

    /// <summary>
    /// How many bytes calls that are under way at the same time may hold together; an item that has more by itself is sent alone. Default: no limit.
    /// </summary>
    public long Memory { get; init; } = long.MaxValue;

    /// <summary>Sends the batch's items, several calls at a time or strictly one after the other.</summary>
    /// <param name="batch">What is to be sent.</param>
    /// <param name="atATime">How many calls at a time; 1: in order.</param>
    /// <param name="cancellationToken">Cancelled when the time for sending is up.</param>
    public Task RunAsync(TargetBatch batch, int atATime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Item[] items = [.. batch.Items];
        bool isOrdered = atATime <= 1;
        HeldKeys? held = isOrdered && outcome.Mapping.OnFailure == OnFailure.Block ? HeldKeys.Of(batch) : null;
        var send = new SendBlock(activeTarget, batch, outcome, isOrdered, held, answerWithin, time, random);
        return isOrdered ? InOrderAsync(send, batch, items, cancellationToken) : AtOnceAsync(send, items, atATime, cancellationToken);
    }

    private async Task AtOnceAsync(SendBlock send, Item[] items, int atATime, CancellationToken cancellationToken)
    {
        IReadOnlyList<(int First, int Count)> blocks = Blocks.Cut(items, LimitsOf(atATime));
        int largest = items.Length == 0 ? 0 : items.Max(static i => i.Bytes), next = -1;
        atATime = (int)Math.Clamp(Memory / Math.Max(largest, 1), 1, atATime);
        if (blocks.Count > 0 && (blocks.Count == 1 || !activeTarget.Circuit.IsClosed))
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
                await send.RunAsync(items.AsMemory(blocks[i].First, blocks[i].Count), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task InOrderAsync(SendBlock send, TargetBatch batch, Item[] items, CancellationToken cancellationToken)
    {
        foreach (Item[] wave in Waves.Of(batch, items, activeTarget.Target.CallOrder))
        {
            foreach ((int first, int count) in Blocks.Cut(wave, LimitsOf(1)))
            {
                if (!await send.RunAsync(wave.AsMemory(first, count), cancellationToken).ConfigureAwait(false))
                {
                    // Time is up, or the target has ended: nothing may be sent past what is left of this block.
                    send.End(FailedCall.WaitsForOrder);
                }
            }
        }
    }

    private Limits LimitsOf(int atATime)
    {
        Limits limits = activeTarget.Target.Limits;
        return limits with { CallBytes = Math.Min(limits.CallBytes, Math.Max(Memory / atATime, SmallestCall)) };
    }
}
