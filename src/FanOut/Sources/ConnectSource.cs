using FanOut.Aws.Lambda;
using FanOut.Deployment;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Errors;

namespace FanOut.Sources;

/// <summary>Connects a source. The event source mapping is made last, after the function's settings, so that no record can be lost at any moment.</summary>
/// <param name="function">The function.</param>
/// <param name="eventSourceMappings">Its event source mappings, those of all its aliases and versions.</param>
/// <param name="configurations">Its settings.</param>
/// <param name="patience">How long to wait for each change.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class ConnectSource(
    FunctionDestination function, EventSourceMappings eventSourceMappings, FunctionConfigurations configurations, TimeSpan patience, TimeProvider time)
{
    /// <summary>How long to try again while Lambda does not know yet that the role may read the source; zero, if the role's policy was not changed.</summary>
    public TimeSpan RolePatience { get; set; }

    /// <summary>Brings the policy of the function's role in step, where Lambda says that the role may not read the source; says whether it had to be changed.</summary>
    public required Func<CancellationToken, Task<bool>> KeepPolicy { get; init; }

    /// <summary>Makes the plan; only reads.</summary>
    /// <param name="eventSourceArn">The source, with a consumer if it is read by one.</param>
    /// <param name="settings">The wanted settings.</param>
    /// <param name="replace">Whether an existing event source mapping gets other settings; else they are an error.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="FanOutException">SourceAlreadyConnected, FunctionNotFound, VariablesUnreadable.</exception>
    public async Task<Connection> PlanAsync(string eventSourceArn, ConnectionSettings settings, bool replace, CancellationToken cancellationToken)
    {
        string sourceArn = SourceArn.WithoutConsumer(eventSourceArn);
        List<EventSourceMappingConfiguration> all = await eventSourceMappings.ListAsync(null, cancellationToken).ConfigureAwait(false);
        EventSourceMappingConfiguration[] existing = [.. all.Where(m => EventSource.Of(m) == sourceArn)];
        if (existing.FirstOrDefault(static m => m.State == "Deleting") is { } there)
        {
            throw FanOutError.SourceAlreadyConnected(sourceArn, InvokedFunction.TextOf(there), there.UUID, there.State);
        }

        // Lambda has one event source mapping of a function for a source: the second could not be moved, and the first would be.
        if (existing.Where(IsOther).Any(m => existing.Any(o => o != m && o.EventSourceArn == m.EventSourceArn)))
        {
            throw FanOutError.SourceReadTwice(sourceArn, function.Text, [.. existing.Select(static m => (InvokedFunction.TextOf(m), m.UUID))]);
        }

        FunctionConfiguration configuration = await configurations.GetAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> variables = ReportingPlan.IsForeign(configuration) ? [] : configurations.Readable(configuration);
        var plan = ReportingPlan.Of(configuration, variables, InvokedFunction.Qualifier(function.Qualifier), all.Except(existing));
        IEnumerable<ConnectionDifference> moves = existing.Where(IsOther).Select(m => new ConnectionDifference(ConnectionDifference.OfFunction, InvokedFunction.TextOf(m), Called));
        ConnectionDifference[] differences = [.. moves.Concat(existing.SelectMany(m => ConnectionDifferences.Find(m, settings, plan.Report))).Distinct()];
        IEnumerable<string> ofOthers = existing.Where(m => !replace && !IsOther(m) && InvokedFunction.QualifierOf(m) != InvokedFunction.Qualifier(function.Qualifier)).Select(static m => $"it is read by {m.FunctionArn}");
        string[] lasting = [.. existing.SelectMany(m => ConnectionDifferences.FindLasting(m, eventSourceArn, settings)).Concat(ofOthers).Distinct()];
        return differences.Length + lasting.Length == 0 || replace
            ? new Connection(sourceArn, existing, plan) { Differences = differences, LastingDifferences = lasting }
            : throw FanOutError.SourceDiffers(
                sourceArn, string.Join(" and ", existing.Select(InvokedFunction.TextOf).Distinct()), $"event source mapping {string.Join(", ", existing.Select(static m => m.UUID))}", existing[0].State, [.. differences.Select(static d => d.ToString()), .. lasting], lasting.Length > 0);
    }

    /// <summary>Carries out the plan.</summary>
    /// <returns>The event source mappings of the source.</returns>
    public async Task<IReadOnlyList<EventSourceMappingConfiguration>> RunAsync(
        Connection connection, string eventSourceArn, ConnectionSettings settings, CancellationToken cancellationToken)
    {
        List<EventSourceMappingConfiguration> made = [];
        foreach (EventSourceMappingConfiguration eventSourceMapping in connection.Existing)
        {
            made.Add(await ChangeAsync(connection, eventSourceMapping, settings, cancellationToken).ConfigureAwait(false));
        }

        foreach (EventSourceMappingConfiguration eventSourceMapping in connection.Plan.Upgrade)
        {
            await eventSourceMappings.UpdateAndSettleAsync(
                new UpdateEventSourceMappingRequest { UUID = eventSourceMapping.UUID!, FunctionResponseTypes = [ReportingPlan.ResponseType] },
                patience, cancellationToken).ConfigureAwait(false);
        }

        if (connection.Plan.SetVariable)
        {
            await configurations.SetVariableAsync(FunctionVariables.BatchItemFailures, "true", patience, cancellationToken).ConfigureAwait(false);
        }

        return made.Count > 0 ? made : [await CreateAsync(connection, eventSourceArn, settings, cancellationToken).ConfigureAwait(false)];
    }

    // What calls the function answers which records failed, or does not: so an event source mapping asks before it is moved to an alias that may answer, and
    // stops asking only after it was moved to code that does not. Where it reads stays: https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html
    private async Task<EventSourceMappingConfiguration> ChangeAsync(
        Connection connection, EventSourceMappingConfiguration there, ConnectionSettings settings, CancellationToken cancellationToken)
    {
        EventSourceMappingConfiguration now = there;
        if (IsOther(there) && !connection.Plan.Report)
        {
            now = await MoveAsync(there, cancellationToken).ConfigureAwait(false);
        }

        if (connection.Differences.Any(static d => d.Name != ConnectionDifference.OfFunction))
        {
            now = await eventSourceMappings.UpdateAndSettleAsync(settings.ToUpdate(there.UUID!, connection.Plan.Report), patience, cancellationToken).ConfigureAwait(false);
        }

        return IsOther(there) && connection.Plan.Report ? await MoveAsync(there, cancellationToken).ConfigureAwait(false) : now;
    }

    // A version has its own role, which may be another than that of the function.
    private Task<EventSourceMappingConfiguration> MoveAsync(EventSourceMappingConfiguration there, CancellationToken cancellationToken) => Retry.WhileRoleIsNewAsync(
        c => eventSourceMappings.UpdateAndSettleAsync(new UpdateEventSourceMappingRequest { UUID = there.UUID!, FunctionName = NameForLambda }, patience, c),
        KeepPolicy, RolePatience, time, cancellationToken);

    // Not Text: a file of desired state names the alias beside the function.
    private string NameForLambda => InvokedFunction.Qualifier(function.Qualifier) is { } qualifier ? $"{function.FunctionName}:{qualifier}" : function.FunctionName;

    // The function as it is told.
    private string Called => InvokedFunction.Qualifier(function.Qualifier) is { } qualifier ? $"{function.Name}:{qualifier}" : function.Name;

    // The source is read through another alias than the given one: a second connection would send records twice, so this one is moved.
    private bool IsOther(EventSourceMappingConfiguration eventSourceMapping) =>
        function.Qualifier is not null && InvokedFunction.QualifierOf(eventSourceMapping) != InvokedFunction.Qualifier(function.Qualifier);

    private async Task<EventSourceMappingConfiguration> CreateAsync(
        Connection connection, string eventSourceArn, ConnectionSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await Retry.WhileRoleIsNewAsync(
                c => eventSourceMappings.CreateAsync(settings.ToCreate(eventSourceArn, NameForLambda, connection.Plan.Report), c),
                KeepPolicy, RolePatience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonLambdaException e) when (e.ErrorCode == "ResourceConflictException")
        {
            // Somebody else has connected it meanwhile: as it was given here, or not.
            Connection theirs = await PlanAsync(eventSourceArn, settings, replace: false, cancellationToken).ConfigureAwait(false);
            return theirs.IsUnchanged ? theirs.Existing[0] : throw FanOutError.SourceAlreadyConnected(
                connection.SourceArn, theirs.Existing.Count > 0 ? InvokedFunction.TextOf(theirs.Existing[0]) : function.Text, theirs.Existing.Count > 0 ? theirs.Existing[0].UUID : null, theirs.Existing.Count > 0 ? theirs.Existing[0].State : null, e);
        }
    }
}
