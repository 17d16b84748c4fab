using FanOut.Aws.Lambda;
using FanOut.Deployment;
using FanOut.DesiredState.Plans;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Commands;

/// <content>Compares the state with what is there. Only reads.</content>
public sealed partial class SyncFanOutTargetCommand
{
    private Dictionary<(string SourceArn, string Id), TargetRow>? _rows;
    private string? _functionTable;
    private bool _isFunctionKnown, _isMissing, _makesTable;

    /// <summary>The table of mappings: the one that is named, or that the function reads.</summary>
    private string StateTable
    {
        get
        {
            if (!_isFunctionKnown)
            {
                _isFunctionKnown = true;
                FunctionDestination function = Function with { Qualifier = null };

                // Who makes functions may ask for one that is not there; who does not, would be told which is meant instead.
                FunctionConfiguration? configuration = _makesTable ? Await(DeployedFunction.ReadAsync(FunctionSession, function, StopToken)).Configuration
                    : Try(() => Await(new FunctionConfigurations(FunctionSession, function, Time).GetAsync(StopToken)));
                _isMissing = configuration is null;
                _functionTable = configuration is null ? null : new ReadSources(FunctionSession, function, Time) { Configuration = configuration }.FunctionTable;
            }

            return GivenTable ?? _functionTable ?? Table;
        }
    }

    /// <summary>The rows of that table by source and id; none if it is yet to be made with the function.</summary>
    private Dictionary<(string SourceArn, string Id), TargetRow> Rows
    {
        get
        {
            try
            {
                return _rows ??= Each(MappingsIn(StateTable).ReadAsync(null, StopToken)).ToDictionary(static r => (r.SourceArn, r.Id));
            }
            catch (FanOutException e) when (e.ErrorId == "TableNotFound" && _makesTable)
            {
                return _rows = [];
            }
        }
    }

    private StatePlan MakePlan(WantedState state)
    {
        string known = StateTable;
        Publication? function = state.Function is { } settings ? PlanPublication(settings) : null;
        string table = function?.Table ?? known;
        return new StatePlan(
            state,
            function,
            [.. (state.Sources ?? []).Select(w => Plan(state, w)), .. Prune && state.Sources is { } wanted ? PlanDisconnections(state, wanted) : []],
            state.Targets is { } targets ? PlanTargets.Of(targets, [.. Rows.Values], Prune ? r => state.TargetsOf?.Contains(r.SourceArn) != false : null) : [],
            table);
    }

    /// <summary>The function as the sources call it.</summary>
    private FunctionDestination Called(WantedState state) => state.Alias is { } alias ? Function with { Qualifier = alias } : Function;

    private ConnectionPlan Plan(WantedState state, WantedConnection wanted)
    {
        // A function or an alias that is yet to be made reads nothing.
        FunctionDestination function = Called(state);
        T? Planned<T>(Func<T> plan)
            where T : class => state.Function is null ? plan() : _isMissing ? null : Try(plan);
        return new ConnectionPlan(wanted.SourceArn, wanted)
        {
            Stream = wanted.Stream is { } stream ? Planned(() => PlanStream(function, wanted.EventSourceArn, stream, force: true, WaitTimeout)) : null,
            Topic = wanted.Topic is { } topic ? Planned(() => PlanTopic(function, wanted.SourceArn, topic, force: true, WaitTimeout)) : null,
        };
    }

    private IEnumerable<ConnectionPlan> PlanDisconnections(WantedState state, IReadOnlyList<WantedConnection> wanted)
    {
        HashSet<string> kept = [.. wanted.Select(static w => w.SourceArn)];
        FunctionDestination function = Function with { Qualifier = null };
        IEnumerable<EventSourceMappingConfiguration> streams = Await(new EventSourceMappings(FunctionSession, function, Time).ListAsync(null, StopToken)).Where(static m => m.State != "Deleting");
        foreach (IGrouping<string, EventSourceMappingConfiguration> stream in streams.GroupBy(EventSource.Of).Where(g => !kept.Contains(g.Key)))
        {
            yield return new ConnectionPlan(stream.Key, null) { Deletes = [.. stream] };
        }

        if (_isMissing || Try(() => Await(new FunctionConfigurations(FunctionSession, function, Time).GetAsync(StopToken))) is not { } configuration)
        {
            yield break;
        }

        foreach (TopicConnections topics in new[] { null, state.Alias }.Distinct().Select(q => new TopicConnections(FunctionSession, function with { Qualifier = q }, configuration, SuspendedTopics)))
        {
            foreach (TopicConnection topic in Await(topics.ListAsync([], StopToken)).Where(t => t.State != DescribeSource.NotConnected && !kept.Contains(t.TopicArn)))
            {
                yield return new ConnectionPlan(topic.TopicArn, null) { Unsubscribes = (topics, topic) };
            }
        }
    }

    private static T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (FanOutException e) when (e.ErrorId == "FunctionNotFound")
        {
            return null;
        }
    }

    private IReadOnlyList<FanOutChange> Describe(StatePlan plan) =>
    [
        .. plan.Sources.Where(static s => s.Wanted is null).Select(s => Describe(plan, s)),
        .. plan.Function is null ? [] : DescribeFunction(plan, plan.Function),
        .. plan.Targets.Select(t => Describe(plan, t)),
        .. plan.Sources.Where(static s => s.Wanted is not null).Select(s => Describe(plan, s)),
    ];

    private IEnumerable<FanOutChange> DescribeFunction(StatePlan plan, Publication function) => function.Changes.Count == 0
        ? [Change(plan, ChangeAction.Unchanged, "Function", $"function {Function.Name} in {FunctionSession.Region}", null)]
        : function.Changes.Select(c => Change(plan, c.Creates ? ChangeAction.Create : ChangeAction.Change, "Function", c.Target, null, [.. c.Attributes], c.Attributes.Count > 0 ? null : c.Action));

    private FanOutChange Describe(StatePlan plan, ConnectionPlan source) =>
        Change(plan, source.Action, "Source", EventSource.Describe(source.SourceArn).Name, source.SourceArn, source.Attributes, source.Detail);

    private FanOutChange Describe(StatePlan plan, TargetPlan target) =>
        Change(plan, target.Action, "Target", target.Id, target.SourceArn, target.Attributes(m => new TargetRow(MappingWriter.Write(m), FunctionSession.Region, Function.Name, plan.Table).ToTarget()));

    private FanOutChange Change(StatePlan plan, string action, string kind, string id, string? sourceArn, FanOutAttributeChange[]? attributes = null, string? detail = null) => new()
    {
        Action = action,
        ItemType = kind,
        Id = id,
        SourceArn = sourceArn,
        Attributes = attributes ?? [],
        Detail = detail,
        FunctionName = Function.Name,
        TableName = plan.Table,
        Region = FunctionSession.Region,
    };
}
