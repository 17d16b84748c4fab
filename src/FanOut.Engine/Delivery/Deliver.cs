using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Delivery;

/// <summary>Sends batches to their target in blocks, several at a time or in order, and counts what becomes of it.</summary>
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

    /// <summary>Sends a batch's items, several calls at a time or strictly one after the other.</summary>
    /// <param name="batch">What is to be sent.</param>
    /// <param name="atATime">How many calls at a time; 1: in order.</param>
    /// <param name="cancellationToken">Cancelled when the time for sending is up.</param>
    public Task RunAsync(TargetBatch batch, int atATime, CancellationToken cancellationToken) => RunAsync([batch], atATime, cancellationToken);

    /// <summary>Sends the items of batches, several calls at a time or strictly one after the other.</summary>
    /// <param name="batches">
    /// What is to be sent, one part of the records after the other; each is made only when its turn has come, and is disposed when nothing of it is left to send.
    /// </param>
    /// <param name="atATime">How many calls at a time; 1: in order.</param>
    /// <param name="cancellationToken">Cancelled when the time for sending is up.</param>
    public async Task RunAsync(IEnumerable<TargetBatch> batches, int atATime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batches);
        using IEnumerator<TargetBatch> next = batches.GetEnumerator();
        bool isOrdered = atATime <= 1;
        HeldKeys? held = isOrdered && outcome.Mapping.OnFailure == OnFailure.Block ? new HeldKeys() : null;
        LateChanges? late = isOrdered && activeTarget.Target.CallOrder == CallOrder.LastWins ? new LateChanges() : null;
        var send = new SendBlock(activeTarget, outcome, isOrdered, held, late, answerWithin, time, random);
        bool isWhole = isOrdered
            ? await InOrderAsync(send, held, next, cancellationToken).ConfigureAwait(false)
            : await AtOnceAsync(send, next, atATime, cancellationToken).ConfigureAwait(false);
        if (!isWhole)
        {
            outcome.FailRest(send.NotSent);
        }
    }

    /// <summary>Sends them in any order; says whether all batches were made.</summary>
    private async Task<bool> AtOnceAsync(SendBlock send, IEnumerator<TargetBatch> batches, int atATime, CancellationToken cancellationToken)
    {
        var blocks = new BlockQueue(batches, LimitsOf(atATime), cancellationToken);
        var room = new CallRoom(Memory);
        if (!activeTarget.Circuit.IsClosed)
        {
            // A target that was out of reach is tried with one call, not with all of them at once.
            await LoopAsync(1).ConfigureAwait(false);
        }

        // The work is waiting, not computing: as many loops as blocks may be under way, each taking the next.
        await Task.WhenAll(Enumerable.Range(0, atATime).Select(_ => LoopAsync(int.MaxValue))).ConfigureAwait(false);
        return !blocks.IsCut;

        async Task LoopAsync(int most)
        {
            for (int sent = 0; sent < most && blocks.Next() is { } block; sent++)
            {
                long bytes = block.Bytes;
                await room.EnterAsync(bytes).ConfigureAwait(false);
                try
                {
                    await send.RunAsync(block.Batch, block.Items, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    room.Leave(bytes);
                    blocks.GiveBack(block);
                }
            }
        }
    }

    /// <summary>Sends them one after the other; says whether all batches were made.</summary>
    private async Task<bool> InOrderAsync(SendBlock send, HeldKeys? held, IEnumerator<TargetBatch> batches, CancellationToken cancellationToken)
    {
        for (bool isFirst = true; isFirst || !cancellationToken.IsCancellationRequested; isFirst = false)
        {
            if (!batches.MoveNext())
            {
                return true;
            }

            using TargetBatch batch = batches.Current;
            held?.Hold(batch);
            foreach (Item[] wave in Waves.Of(batch, batch.Items.Span.ToArray(), activeTarget.Target.CallOrder))
            {
                foreach ((int first, int count) in Blocks.Cut(wave, LimitsOf(1)))
                {
                    if (!await send.RunAsync(batch, wave.AsMemory(first, count), cancellationToken).ConfigureAwait(false))
                    {
                        // Time is up, or the target has ended: nothing may be sent past what is left of this block.
                        send.End(FailedCall.WaitsForOrder);
                    }
                }
            }
        }

        return false;
    }

    private Limits LimitsOf(int atATime)
    {
        Limits limits = activeTarget.Target.Limits;
        return limits with { CallBytes = Math.Min(limits.CallBytes, Math.Max(Memory / atATime, SmallestCall)) };
    }
}
