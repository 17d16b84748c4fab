using FanOut.Engine.Batching;
using FanOut.Engine.DeadLetters;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Progress;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.Engine;

/// <summary>The whole story: event → records → payloads → blocks → targets → outcomes.</summary>
/// <param name="mappings">Which mappings a source has.</param>
/// <param name="targets">The targets of mappings.</param>
/// <param name="options">How much is sent at the same time.</param>
/// <param name="time">The clock.</param>
/// <param name="random">The jitter of back-off.</param>
public sealed class Dispatcher(IMappingSource mappings, ITargetSource targets, DeliveryOptions options, TimeProvider time, Random random)
{
    // Less would cost targets more calls than the memory is worth.
    private const long SmallestSlice = 256 * 1024;

    /// <summary>Where records go that cannot be delivered. Default: nowhere; mappings that have a dead letter block instead.</summary>
    public IDeadLetters? DeadLetters { get; init; }

    /// <summary>What is remembered of batches that come again. Default: nothing; what was delivered of them is sent again.</summary>
    public IProgressStore? Progress { get; init; }

    /// <summary>Sends an event's records to all targets of their sources.</summary>
    /// <param name="json">The event; must not change until the result is there and <see cref="DispatchResult.IsSending"/> is false.</param>
    /// <param name="cancellationToken">Cancelled when the time is up; what is not sent by then has failed.</param>
    /// <exception cref="InvalidEventException">The event is not of a source that we know.</exception>
    public async Task<DispatchResult> DispatchAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        using var batchTime = BatchTime.Until(cancellationToken);
        return await DispatchAsync(json, batchTime).ConfigureAwait(false);
    }

    /// <summary>Sends an event's records to all targets of their sources.</summary>
    /// <param name="json">The event; must not change until the result is there and <see cref="DispatchResult.IsSending"/> is false.</param>
    /// <param name="batchTime">The time that there is.</param>
    /// <exception cref="InvalidEventException">The event is not of a source that we know.</exception>
    public async Task<DispatchResult> DispatchAsync(ReadOnlyMemory<byte> json, BatchTime batchTime)
    {
        ArgumentNullException.ThrowIfNull(batchTime);
        IReadOnlyList<RecordGroup> groups = EventReader.Read(json);
        return new DispatchResult(groups.Count == 1
            ? [await DispatchAsync(groups[0], batchTime).ConfigureAwait(false)]
            : await Task.WhenAll(groups.Select(g => DispatchAsync(g, batchTime))).ConfigureAwait(false));
    }

    private async Task<GroupResult> DispatchAsync(RecordGroup group, BatchTime batchTime)
    {
        // Asked for at once, needed when the first call is ready.
        Task<BatchProgress>? progress = Progress?.ReadAsync(group, batchTime.Sending);
        MappingSet set;
        try
        {
            set = await mappings.ReadAsync(group.SourceArn, batchTime.Sending).ConfigureAwait(false);
        }
        catch (Exception e) when (e is MappingsUnavailableException or OperationCanceledException)
        {
            return new GroupResult(group, [], [], e is OperationCanceledException
                ? new TimeoutException($"The mappings of {group.SourceArn} had not been read when the invocation's time was up: DynamoDB had not answered. "
                    + "Check that the function reaches it; in a VPC it needs an endpoint for it or a NAT gateway.")
                : e);
        }

        List<Mapping> active = [.. set.Mappings.Where(static m => m.Active)];
        await targets.KeepOnlyAsync(group.SourceArn, active).ConfigureAwait(false);
        long atATime = Math.Max(options.PayloadMemory / Math.Max(active.Count, 1), Math.Min(options.PayloadMemory, SmallestSlice));
        using var shared = new SharedPayloads(group, atATime, options.PayloadMemory, options.UnpackedBytes);
        if (progress is { IsCompleted: false })
        {
            MakeAhead(shared, active);
        }

        BatchProgress before = progress is null ? BatchProgress.None : await progress.ConfigureAwait(false);
        Outcome[] outcomes = await SendAsync(shared, active, before, batchTime).ConfigureAwait(false);
        if (outcomes.Any(static o => o.CountOf(FailureClass.PermanentTarget) > 0))
        {
            mappings.Invalidate(group.SourceArn);
        }

        var result = new GroupResult(group, outcomes, [.. set.Invalid.Where(static i => i.Active)], null)
        {
            Stale = set.Stale,
            RequiresTargets = options.RequireTargets,
            ProgressProblem = before.Problem,
        };
        return Progress is not null && (result.Failed.Count > 0 || before.IsNoted) ? await NoteAsync(Progress, result, before, batchTime).ConfigureAwait(false) : result;
    }

    /// <summary>Makes the first payloads of the first targets while the answer on progress is on its way; they are kept until somebody borrows them.</summary>
    private void MakeAhead(SharedPayloads shared, List<Mapping> active)
    {
        foreach (Mapping mapping in active.Take(options.ParallelTargets))
        {
            try
            {
                shared.From(0, PayloadOptions.Of(mapping, targets.TargetOf(mapping).Target.Form), mapping.Filter).Dispose();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // It happens again, and is told, when the target's records are sent.
            }
        }
    }

    private async Task<Outcome[]> SendAsync(SharedPayloads shared, List<Mapping> active, BatchProgress before, BatchTime batchTime)
    {
        // Each target has its own share, so that one that hangs keeps nothing from the others.
        long memory = options.CallMemory / Math.Max(active.Count, 1);
        if (active.Count == 1)
        {
            return [await SendAsync(shared, active[0], before, memory, batchTime).ConfigureAwait(false)];
        }

        using var gate = new SemaphoreSlim(options.ParallelTargets);
        TimeSpan turn = batchTime.Left / ((active.Count / options.ParallelTargets) + 2);
        return await Task.WhenAll(active.Select(m => InTurnAsync(gate, turn, () => SendAsync(shared, m, before, memory, batchTime)))).ConfigureAwait(false);
    }

    private async Task<Outcome> InTurnAsync(SemaphoreSlim gate, TimeSpan turn, Func<Task<Outcome>> send)
    {
        // Not cancellable: when the time is up, those before end at once, and each outcome must be written.
        await gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        Task<Outcome> sending = send();
        try
        {
            await sending.WaitAsync(turn, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Slow targets give their places to those that wait; they go on sending beside them.
        }
        finally
        {
            gate.Release();
        }

        return await sending.ConfigureAwait(false);
    }

    private async Task<GroupResult> NoteAsync(IProgressStore store, GroupResult result, BatchProgress before, BatchTime batchTime)
    {
        int first = result.Failed.Count == 0 ? result.Group.Records.Count
            : options.ReportsItems && result.Group.ReportsItems ? result.ToldBy(result.Failed[0]) ?? 0
            : 0;
        string? problem = await store.WriteAsync(result.Group, first, result.Outcomes, before, batchTime.Noting).ConfigureAwait(false);
        return problem is null ? result : result with { ProgressProblem = problem };
    }

    private async Task<Outcome> SendAsync(SharedPayloads shared, Mapping mapping, BatchProgress before, long memory, BatchTime batchTime)
    {
        long started = time.GetTimestamp();
        Outcome outcome = await DeliverAsync(shared, mapping, before.Of(mapping), memory, batchTime).ConfigureAwait(false);
        if (mapping.OnFailure == OnFailure.DeadLetter && DeadLetters is not null && await IsStillMappedAsync(outcome, batchTime).ConfigureAwait(false))
        {
            await new Bury(DeadLetters, outcome).RunAsync(shared.Group, memory, batchTime.Burying).ConfigureAwait(false);
        }

        outcome.Duration = time.GetElapsedTime(started);
        return outcome;
    }

    /// <summary>
    /// Whether what was not delivered may be given up. A target that is denied or missing may have been turned to another destination, or unregistered,
    /// and its permission taken away, while this batch still went by an older copy of the mapping: then the records come again instead, and go by the row
    /// as it is now.
    /// </summary>
    private async Task<bool> IsStillMappedAsync(Outcome outcome, BatchTime batchTime)
    {
        // A target that was not called is left alone since a call that was followed by this very question.
        if (outcome.Calls == 0 || outcome.CountOf(FailureClass.PermanentTarget) == 0)
        {
            return true;
        }

        Mapping mapping = outcome.Mapping;
        string problem;
        try
        {
            MappingSet now = await mappings.ReadNowAsync(mapping.SourceArn, batchTime.Burying).ConfigureAwait(false);
            if (now.Stale is null && now.Mappings.Contains(mapping))
            {
                return true;
            }

            problem = now.Stale?.Message ?? "It has changed.";
        }
        catch (Exception e) when (e is MappingsUnavailableException or OperationCanceledException)
        {
            problem = e.Message;
        }

        outcome.FailToBury(new Failure(
            FailureClass.Configuration, "MappingChanged",
            $"Not sent to the dead letter but reported as failed, because the mapping may not be the one any more that the target was denied or missing for: {problem}"));
        return false;
    }

    /// <summary>One target's fault, even one of ours, must not take the others with it: its records have failed then.</summary>
    private async Task<Outcome> DeliverAsync(SharedPayloads shared, Mapping mapping, SettledRecords? settled, long memory, BatchTime batchTime)
    {
        var outcome = new Outcome(mapping, shared.Group.Records.Count, settled);
        try
        {
            ActiveTarget activeTarget = targets.TargetOf(mapping);
            ITarget target = activeTarget.Target;
            int atATime = mapping.Parallel && !target.IsOrdered ? options.ParallelBlocks : 1;
            await new Deliver(activeTarget, outcome, batchTime.AnswerWithin, time, random) { Memory = memory }.RunAsync(BatchesOf(shared, outcome, target, settled), atATime, batchTime.Sending).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            outcome.FailRest(new Failure(FailureClass.PermanentTarget, e.GetType().Name, e.Message));
        }

        return outcome;
    }

    /// <summary>What is to be sent, some records at a time: no more than there is memory for, and not before it is needed.</summary>
    private static IEnumerable<TargetBatch> BatchesOf(SharedPayloads shared, Outcome outcome, ITarget target, SettledRecords? settled)
    {
        PayloadOptions wanted = PayloadOptions.Of(outcome.Mapping, target.Form);
        bool keepsOrder = !outcome.Mapping.Parallel || target.IsOrdered || target.CallOrder == CallOrder.LastWins;
        for (int first = 0; first < shared.Group.Records.Count;)
        {
            BorrowedPayloads borrowed = shared.From(first, wanted, outcome.Mapping.Filter);
            first = borrowed.Payloads.End;
            Payloads payloads = keepsOrder ? OrderChanges.Of(borrowed.Payloads) : borrowed.Payloads;
            TargetBatch batch = TargetBatch.Of(payloads, target.Cutter, settled, borrowed);
            outcome.Expect(batch);
            yield return batch;
        }
    }
}
