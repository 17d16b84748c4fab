using Amazon.Runtime;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Engine.Mappings;
using FanOut.Registry;
using FanOut.Sources.Topics;

namespace FanOut.Sources;

/// <summary>Puts the chain source → event source mapping → function → targets together, from one reading of each.</summary>
/// <param name="session">Who calls, in the function's region.</param>
/// <param name="function">The function.</param>
/// <param name="time">The clock.</param>
internal sealed class ReadSources(AwsSession session, FunctionDestination function, TimeProvider time)
{
    /// <summary>The function's settings.</summary>
    public required FunctionConfiguration Configuration { get; init; }

    /// <summary>The table that the user named; null: the one that the function reads.</summary>
    public string? Table { get; init; }

    /// <summary>The table that is read.</summary>
    public string TableName => Table ?? FunctionTable ?? function.Name + "Targets";

    /// <summary>The table that the function reads; null: its variables cannot be read.</summary>
    public string? FunctionTable => AreReadable ? Variables.GetValueOrDefault(FunctionVariables.Table) is { Length: > 0 } table ? table : function.Name + "Targets" : null;

    /// <summary>The function's variables; empty if they cannot be read.</summary>
    public IReadOnlyDictionary<string, string> Variables => Configuration.Environment?.Variables ?? [];

    private bool AreReadable => HasReadableVariables(Configuration);

    /// <summary>The sources: those that are connected, then those that only have targets.</summary>
    /// <param name="sourceArn">The wanted source, which is described even if it is not connected; null: all.</param>
    /// <param name="all">The function's event source mappings; those of other aliases than the one that was asked for are named, not described.</param>
    /// <param name="topics">The topics that the function may be connected with; null: that could not be read.</param>
    /// <param name="rows">The rows of the table; null: it could not be read.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<FanOutSource>> PutTogetherAsync(
        string? sourceArn, IReadOnlyList<EventSourceMappingConfiguration> all, IReadOnlyList<TopicConnection>? topics, IReadOnlyList<TargetRow>? rows,
        CancellationToken cancellationToken)
    {
        EventSourceMappingConfiguration[] eventSourceMappings = [.. all.Where(m => InvokedFunction.Is(m, function))];
        IReadOnlyDictionary<string, TimeSpan> ages = await new IteratorAges(session, time)
            .ReadAsync(function.Name, eventSourceMappings.Select(static m => QualifierOf(m)), cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<string, IReadOnlyList<FailedTarget>> failed = await ReadFailedAsync(eventSourceMappings, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<string, FunctionConfiguration> called = await ReadCalledAsync(eventSourceMappings, cancellationToken).ConfigureAwait(false);
        ILookup<string, TargetRow>? targets = rows?.ToLookup(static r => r.SourceArn);
        IReadOnlyDictionary<string, string> viewTypes = await ReadViewTypesAsync(rows ?? [], cancellationToken).ConfigureAwait(false);
        IEnumerable<SourceFacts> connected = eventSourceMappings.Select(m => Facts(EventSource.Of(m), targets, viewTypes) with
        {
            EventSourceMapping = m,
            AnswersItems = AnswersItems(called.GetValueOrDefault(QualifierOf(m))),
            ForeignRuntime = called.GetValueOrDefault(QualifierOf(m)) is { } foreign && ReportingPlan.IsForeign(foreign) ? foreign.Runtime : null,
            IteratorAge = ages.TryGetValue(QualifierOf(m), out TimeSpan age) ? age : null,
            Failed = failed.GetValueOrDefault(EventSource.Of(m)) ?? [],
        });
        TopicConnection[] subscribed = [.. (topics ?? []).Where(t => t.State != DescribeSource.NotConnected && (sourceArn is null || t.TopicArn == sourceArn))];
        connected = connected.Concat(subscribed.Select(t => Facts(t.TopicArn, targets, viewTypes) with { Topic = t }));
        IEnumerable<string> known = (rows ?? []).Select(static r => r.SourceArn).Concat(sourceArn is null ? [] : [sourceArn]);
        IEnumerable<SourceFacts> unconnected = known.Distinct().Except(eventSourceMappings.Select(EventSource.Of)).Except(subscribed.Select(static t => t.TopicArn))
            .Select(a => Facts(a, targets, viewTypes) with
            {
                Topic = topics?.FirstOrDefault(t => t.TopicArn == a),
                ReadBy = all.Where(m => EventSource.Of(m) == a && m.State != "Deleting").Select(InvokedFunction.TextOf).FirstOrDefault(),
            });
        return [.. connected.OrderBy(static f => f.SourceArn, StringComparer.Ordinal).Concat(unconnected).Select(DescribeSource.Of)];
    }

    private static string QualifierOf(EventSourceMappingConfiguration eventSourceMapping) => InvokedFunction.QualifierOf(eventSourceMapping) ?? "";

    private static bool HasReadableVariables(FunctionConfiguration configuration) => configuration.Environment?.Error is null or { ErrorCode: null or "", Message: null or "" };

    private static bool? AnswersItems(FunctionConfiguration? called) =>
        called is null || !HasReadableVariables(called) || ReportingPlan.IsForeign(called) ? null : ReportingPlan.IsOn(called.Environment?.Variables ?? []);

    // Each version has its own variables, and a source may call another one than the user named. What may not be seen is left out.
    private async Task<IReadOnlyDictionary<string, FunctionConfiguration>> ReadCalledAsync(IReadOnlyList<EventSourceMappingConfiguration> eventSourceMappings, CancellationToken cancellationToken)
    {
        string asked = InvokedFunction.Qualifier(function.Qualifier) ?? "";
        var called = new Dictionary<string, FunctionConfiguration> { [asked] = Configuration };
        foreach (string qualifier in eventSourceMappings.Select(QualifierOf).Distinct().Where(q => q != asked))
        {
            try
            {
                var request = new GetFunctionConfigurationRequest { FunctionName = function.FunctionName, Qualifier = qualifier.Length == 0 ? null : qualifier };
                called[qualifier] = await session.Lambda().GetFunctionConfigurationAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (AmazonServiceException)
            {
            }
        }

        return called;
    }

    // Only of sources that fail: whoever has none pays no call.
    private Task<IReadOnlyDictionary<string, IReadOnlyList<FailedTarget>>> ReadFailedAsync(IReadOnlyList<EventSourceMappingConfiguration> eventSourceMappings, CancellationToken cancellationToken) =>
        new FailedTargets(session, PublishLogGroup.NameOf(Configuration, function.Name), function.Name, time)
            .ReadAsync(eventSourceMappings.Where(SourceProblems.HasFailed).Select(EventSource.Of), cancellationToken);

    // Only of tables whose targets want images: whoever has none pays no call.
    private async Task<IReadOnlyDictionary<string, string>> ReadViewTypesAsync(IReadOnlyList<TargetRow> rows, CancellationToken cancellationToken)
    {
        var tables = new FindStreamedTable();
        string[] sources = [.. rows.Where(static r => r.Mapping is { Active: true } mapping && StreamImages.AreNeeded(mapping)).Select(static r => r.SourceArn).Distinct()];
        (string SourceArn, string? ViewType)[] found = await Task.WhenAll(sources.Select(async s => (s, await ReadAsync(s).ConfigureAwait(false)))).ConfigureAwait(false);
        return found.Where(static f => f.ViewType is not null).ToDictionary(static f => f.SourceArn, static f => f.ViewType!);

        async Task<string?> ReadAsync(string source)
        {
            try
            {
                return (await tables.FindAsync(session, source, cancellationToken).ConfigureAwait(false))?.StreamViewType;
            }
            catch (AmazonServiceException)
            {
                // As with the iterator age: what may not be seen is left out.
                return null;
            }
        }
    }

    private SourceFacts Facts(string sourceArn, ILookup<string, TargetRow>? targets, IReadOnlyDictionary<string, string> viewTypes) => new()
    {
        SourceArn = sourceArn,
        StreamViewType = viewTypes.GetValueOrDefault(sourceArn),
        Targets = targets is null ? null : [.. targets[sourceArn]],
        Region = session.Region,
        FunctionName = function.Name,
        Qualifier = function.Qualifier,
        TableName = TableName,
        FunctionTable = FunctionTable,
    };
}
