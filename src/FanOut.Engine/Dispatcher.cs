using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;

namespace FanOut.Engine;

/// <summary>The whole story: event → records → payloads → blocks → targets → outcomes.</summary>
/// <param name="mappings">Which mappings a source has.</param>
/// <param name="targets">The targets of mappings.</param>
/// <param name="options">How much is sent at the same time.</param>
/// <param name="time">The clock.</param>
/// <param name="random">The jitter of back-off.</param>
public sealed class Dispatcher(IMappingSource mappings, TargetFactory targets, DeliveryOptions options, TimeProvider time, Random random)
{
    /// <summary>Sends an event's records to all targets of their sources.</summary>
    /// <param name="json">The event; must not change until the result is there and <see cref="DispatchResult.IsSending"/> is false.</param>
    /// <param name="cancellationToken">Cancelled when the time for sending is up; what is not sent by then has failed.</param>
    /// <exception cref="InvalidEventException">The event is not of a source that we know.</exception>
    public async Task<DispatchResult> DispatchAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        IReadOnlyList<RecordGroup> groups = EventReader.Read(json);
        return new DispatchResult(groups.Count == 1
            ? [await DispatchAsync(groups[0], cancellationToken).ConfigureAwait(false)]
            : await Task.WhenAll(groups.Select(g => DispatchAsync(g, cancellationToken))).ConfigureAwait(false));
    }

    private async Task<GroupResult> DispatchAsync(RecordGroup group, CancellationToken cancellationToken)
    {
        MappingSet set;
        try
        {
            set = await mappings.ReadAsync(group.SourceArn, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is MappingsUnavailableException or OperationCanceledException)
        {
            return new GroupResult(group, [], [], e);
        }

        List<Mapping> active = [.. set.Mappings.Where(static m => m.Active)];
        await targets.KeepOnlyAsync(group.SourceArn, active).ConfigureAwait(false);
        using var shared = new SharedPayloads(group);
        using var gate = new SemaphoreSlim(options.ParallelTargets);
        Outcome[] outcomes = active.Count == 1
            ? [await SendAsync(shared, active[0], cancellationToken).ConfigureAwait(false)]
            : await Task.WhenAll(active.Select(m => SendInTurnAsync(gate, shared, m, cancellationToken))).ConfigureAwait(false);
        shared.Keep = outcomes.Any(static o => o.IsSending);
        return new GroupResult(group, outcomes, [.. set.Invalid.Where(static i => i.Active)], null) { Stale = set.Stale };
    }

    private async Task<Outcome> SendInTurnAsync(SemaphoreSlim gate, SharedPayloads shared, Mapping mapping, CancellationToken cancellationToken)
    {
        // Not cancellable: when the time is up, those before end at once, and each outcome must be written.
        await gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            return await SendAsync(shared, mapping, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<Outcome> SendAsync(SharedPayloads shared, Mapping mapping, CancellationToken cancellationToken)
    {
        var outcome = new Outcome(mapping, shared.Group.Records.Count);
        long started = time.GetTimestamp();
        try
        {
            ITarget target = targets.For(mapping);
            Plan plan = MakePlan(shared.Of(PayloadOptions.Of(mapping, target.Form), mapping.Filter), target, outcome);
            int atATime = mapping.Parallel && !target.IsOrdered ? options.ParallelBlocks : 1;
            await new Deliver(target, outcome, time, random).RunAsync(plan, atATime, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // One target's fault, even one of ours, must not take the others with it: its records stay failed.
            FailAll(outcome, new Failure(FailureClass.PermanentTarget, e.GetType().Name, e.Message));
        }

        outcome.Duration = time.GetElapsedTime(started);
        return outcome;
    }

    private static Plan MakePlan(Payloads payloads, ITarget target, Outcome outcome)
    {
        var plan = new Plan(payloads);
        target.Cutter.Cut(payloads, plan);
        for (int i = 0; i < plan.Count; i++)
        {
            outcome.Open(plan[i].Record);
        }

        foreach (Undecodable broken in payloads.Undecodable)
        {
            outcome.Fail(broken.Record, new Failure(FailureClass.Undecodable, "Undecodable", broken.Reason));
        }

        foreach ((int payload, Failure failure) in plan.Failed)
        {
            outcome.Fail(payloads.All[payload].Record, failure);
        }

        outcome.Filtered = payloads.Filtered;
        outcome.Planned();
        return plan;
    }

    private static void FailAll(Outcome outcome, Failure failure)
    {
        for (int i = 0; i < outcome.Records; i++)
        {
            if (outcome.IsFailed(i))
            {
                outcome.Fail(i, failure);
            }
        }
    }
}
