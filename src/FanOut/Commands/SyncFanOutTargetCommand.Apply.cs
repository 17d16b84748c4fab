using System.Globalization;
using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Aws.Lambda;
using FanOut.Deployment;
using FanOut.Deployment.Policies;
using FanOut.DesiredState.Plans;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;
using FanOut.Sources;

namespace FanOut.Commands;

/// <content>Carries a plan out, in an order in which no record is lost.</content>
public sealed partial class SyncFanOutTargetCommand
{
    private readonly List<Exception> _failures = [];

    // Those of a plan that is being carried out, and not told yet.
    private FanOutChange[] _open = [];

    private void Apply(StatePlan plan)
    {
        List<(ConnectionPlan Plan, FanOutChange Change)> sources = [.. plan.Sources.Select(s => (s, Describe(plan, s)))];
        List<(TargetPlan Plan, FanOutChange Change)> targets = [.. plan.Targets.Select(t => (t, Describe(plan, t)))];
        List<FanOutChange> function = [.. plan.Function is { Changes.Count: > 0 } changes ? DescribeFunction(plan, changes) : []];

        FanOutChange[] all = [.. sources.Where(static s => s.Plan.Wanted is null).Select(static s => s.Change), .. function, .. targets.Select(static t => t.Change), .. sources.Where(static s => s.Plan.Wanted is not null).Select(static s => s.Change)];
        _open = all;
        foreach ((ConnectionPlan source, FanOutChange change) in sources.Where(static s => s.Plan.Wanted is null))
        {
            Do([change], () => Disconnect(source));
        }

        Skip(targets.Where(t => t.Plan.Wanted is null && sources.Exists(s => s.Plan.Wanted is null && s.Change.Result != "Done" && s.Plan.SourceArn == t.Plan.SourceArn)).Select(static t => t.Change), "its source is still connected");
        if (plan.Function is not { } publication || Do(function, () => PublishFunction(plan.State.Function!, publication)))
        {
            Permit(plan, targets.Select(static t => t.Plan));
            WriteTargets(plan, [.. targets.Where(static t => t.Change.Result == "Planned")]);
            Connect(plan, sources.Where(static s => s.Plan.Wanted is not null), targets);
        }

        Skip(all, "the function could not be published");
        if (PassThru)
        {
            WriteObject(all, enumerateCollection: true);
        }

        Tell(all);

        // At the end: an error that ends the script, as in a pipeline, must not keep the others from being done.
        foreach (Exception failure in _failures)
        {
            Fail(failure);
        }
    }

    // What was done although something failed must be known: a script that ends with the error does not get the objects.
    private void Tell(FanOutChange[] changes)
    {
        _open = [];
        int Count(string result) => changes.Count(c => c.Result == result);
        string summary = string.Create(CultureInfo.InvariantCulture, $"{Count("Done")} of {changes.Length} changes of {Function.Name} were made, {Count("Failed")} failed, {Count("Skipped")} were left out");
        if (_failures.Count > 0)
        {
            WriteWarning($"{summary}. The same command makes those that are lacking; -PassThru shows each.");
        }
        else
        {
            Say(DescribeSync.Done(changes, Whose));
        }
    }

    /// <inheritdoc/>
    private protected override void Settle()
    {
        if (IsAfterwards && IsStopped && _open.Length > 0)
        {
            WriteWarning(string.Create(
                CultureInfo.InvariantCulture,
                $"Stopped. {_open.Count(static c => c.Result == "Done"):N0} of {_open.Length:N0} changes of {Function.Name} were made, and what was under way may have been. The same command makes those that are lacking."));
            _open = [];
        }

        base.Settle();
    }

    private static void Skip(IEnumerable<FanOutChange> changes, string problem)
    {
        foreach (FanOutChange change in changes.Where(static c => c.Result == "Planned"))
        {
            (change.Result, change.Problem) = ("Skipped", problem);
        }
    }

    /// <returns>Whether it was done.</returns>
    private bool Do(List<FanOutChange> changes, Action step)
    {
        try
        {
            step();
            Set(changes, "Done", null);
            return true;
        }
        catch (Exception e) when (e is not (RuntimeException or FlowControlException))
        {
            FanOutException error = FanOutError.Of(e, changes.Count > 0 ? changes[0].Id : null, Identity);
            Set(changes, "Failed", error.Message);
            _failures.Add(error);
            return false;
        }
    }

    private static void Set(IEnumerable<FanOutChange> changes, string result, string? problem)
    {
        foreach (FanOutChange change in changes)
        {
            (change.Result, change.Problem) = (result, problem);
        }
    }

    private void Disconnect(ConnectionPlan source)
    {
        NeedsPolicy();
        foreach (EventSourceMappingConfiguration eventSourceMapping in source.Deletes)
        {
            Await(new EventSourceMappings(FunctionSession, Function with { Qualifier = null }, Time).DeleteAsync(eventSourceMapping.UUID!, WaitTimeout, StopToken));
        }

        if (source.Unsubscribes is var (topics, topic))
        {
            Await(topics.DisconnectAsync(topic, StopToken));
        }
    }

    private void PublishFunction(PublishSettings settings, Publication publication)
    {
        if (!Publish(settings, waits: true, publication))
        {
            throw FanOutError.FunctionNotAgreed(settings.Name);
        }

        if (publication.Changes.Count > 0 && !SkipTest && Test(settings)?.Problem is { } problem)
        {
            throw FanOutError.FunctionTestFailed(settings.Name, FunctionSession.Region, problem);
        }
    }

    // Before the targets are written: from the first record on the function may send to them.
    private void Permit(StatePlan plan, IEnumerable<TargetPlan> targets)
    {
        TargetPlan[] all = [.. targets];
        Mapping[] planned = [.. all.Where(static t => t.Wanted is not null && (t.There is null || NeedsOther(t.There, t.Wanted))).Select(static t => t.Wanted!)];
        if (planned.Length > 0)
        {
            UpdatePolicy(FunctionSession, Function, null, planned, [plan.Table], onlyAdds: true, planned);
        }

        // What nobody needs any more is taken away at the end, or when the user stops it.
        if (all.Any(static t => t.There is not null && (t.Wanted is null || NeedsOther(t.There, t.Wanted))))
        {
            NeedsPolicy(null, plan.Table);
        }
    }

    private static bool NeedsOther(TargetRow there, Mapping wanted) => ExecutionPolicy.Differs(there.Mapping, wanted);

    private void WriteTargets(StatePlan plan, IReadOnlyList<(TargetPlan Plan, FanOutChange Change)> targets)
    {
        TransactedWrites table = MappingsIn(plan.Table).Transacted(Time);
        Dictionary<RowWrite, FanOutChange> changes = targets.ToDictionary(static t => new RowWrite(t.Plan.There, t.Plan.Wanted), static t => t.Change);

        // What is added comes before what is removed: whoever renames a target has both for a moment, not none.
        foreach (IReadOnlyList<RowWrite> call in TransactedWrites.Calls(changes.Keys))
        {
            FanOutChange[] ofCall = [.. call.Select(w => changes[w])];
            IReadOnlyDictionary<RowWrite, FanOutException>? failures = null;
            try
            {
                failures = Await(table.WriteAsync(call, StopToken));
            }
            catch (Exception e) when (e is AmazonServiceException or AmazonClientException or FanOutException or HttpRequestException or IOException or TimeoutException)
            {
                FanOutException error = FanOutError.Of(e, ofCall[0].Id, Identity);
                Set(ofCall, "Failed", error.Message);
                _failures.Add(FanOutError.TargetsNotWritten([.. call.Select(static w => w.Id)], error));
                continue;
            }

            Set(ofCall, "Done", null);
            foreach ((RowWrite write, FanOutException failure) in failures)
            {
                Set([changes[write]], "Failed", failure.Message);
                _failures.Add(failure);
            }
        }
    }

    private void Connect(StatePlan plan, IEnumerable<(ConnectionPlan Plan, FanOutChange Change)> sources, IReadOnlyList<(TargetPlan Plan, FanOutChange Change)> targets)
    {
        foreach ((ConnectionPlan source, FanOutChange change) in sources)
        {
            // What is read before its target is there does not come again.
            string[] missing = [.. targets.Where(t => t.Plan.Wanted is not null && t.Plan.SourceArn == source.SourceArn && t.Change.Result == "Failed").Select(static t => t.Plan.Id)];
            if (missing.Length > 0 && (source.Action == ChangeAction.Create || source.Resumes))
            {
                Skip([change], $"without {string.Join(", ", missing.Take(3))}, which could not be written, their records would be lost");
                continue;
            }

            Do([change], () => Connect(plan.State, source.Wanted!));
        }
    }

    private void Connect(WantedState state, WantedConnection wanted)
    {
        // Planned anew: the function may be new, and others may have connected it meanwhile.
        ConnectionPlan now = Plan(state with { Function = null }, wanted);
        if (now.Stream is { } stream)
        {
            if (stream.Connection.LastingDifferences.Count > 0)
            {
                WriteWarning($"{wanted.SourceArn} is connected already, and cannot be changed in this: {string.Join("; ", stream.Connection.LastingDifferences)}. Disconnect-FanOutSource, then connect it anew.");
            }

            Announce(stream);
            IReadOnlyList<EventSourceMappingConfiguration> made = stream.Connection.IsUnchanged ? stream.Connection.Existing : Run(stream);
            foreach (EventSourceMappingConfiguration resting in now.Resumes ? made : [])
            {
                Await(new EventSourceMappings(FunctionSession, Function with { Qualifier = null }, Time)
                    .UpdateAsync(new UpdateEventSourceMappingRequest { UUID = resting.UUID!, Enabled = true }, WaitTimeout, StopToken));
            }

            return;
        }

        Sources.Topics.PlannedTopic topic = now.Topic!;
        Announce(topic);
        Run(now.Resumes ? topic with { Plan = topic.Plan with { Subscribe = true } } : topic);
    }
}
