using Amazon.Runtime;
using FanOut.Aws.Lambda;
using FanOut.Credentials;
using FanOut.Deployment;
using FanOut.Deployment.Policies;
using FanOut.Destinations;
using FanOut.Engine.Mappings;
using FanOut.Engine.Progress;
using FanOut.Errors;
using FanOut.Registry;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Abstractions;

/// <content>How sources are connected: what is looked at before, what is told, and in which order it is done.</content>
public abstract partial class FunctionCommand
{
    private readonly FindStreamedTable _streamed = new();
    private readonly HashSet<string> _reportedTo = [];
    private readonly Dictionary<(AwsSession Session, string Name), string> _queues = [];
    private bool _toldDropping;

    /// <summary>The plan of connecting a stream.</summary>
    /// <param name="function">The function, or the alias that reads the stream.</param>
    /// <param name="eventSourceArn">The stream, or its consumer.</param>
    /// <param name="settings">The wanted settings, their on-failure destination looked up.</param>
    /// <param name="force">Whether a stream that is connected already gets other settings; else they are an error.</param>
    /// <param name="patience">How long to wait for each change.</param>
    /// <exception cref="FanOutException">SourceAlreadyConnected, FunctionNotFound, VariablesUnreadable.</exception>
    private protected PlannedStream PlanStream(FunctionDestination function, string eventSourceArn, ConnectionSettings settings, bool force, TimeSpan patience)
    {
        var connecting = new ConnectedSource(eventSourceArn, settings.OnFailureDestination);
        var connect = new ConnectSource(
            function, new EventSourceMappings(FunctionSession, function with { Qualifier = null }, Time), new FunctionConfigurations(FunctionSession, function, Time), patience, Time)
        {
            KeepPolicy = KeepPolicy(function, connecting),
        };
        return new PlannedStream(function, eventSourceArn, settings, connect, Await(connect.PlanAsync(eventSourceArn, settings, force, StopToken)), patience);
    }

    /// <summary>Tells what the user should know before a stream is connected.</summary>
    private protected void Announce(PlannedStream planned)
    {
        CheckFailureDestination(planned.Settings.OnFailureDestination);
        Connection connection = planned.Connection;
        Warn([connection.Plan.Warning]);
        bool isKept = connection.Existing.Count > 0 && connection.Existing.All(static m => m.DestinationConfig?.OnFailure?.Destination is { Length: > 0 });
        if (planned.Settings.DropsSilently && !isKept)
        {
            WarnOfDropping(DropWarning.Of("records", planned.Settings.MaximumRetryAttempts, planned.Settings.MaximumRecordAge, ", or -MaximumRetryAttempts -1 -MaximumRecordAge -1 to give none up"));
        }
    }

    /// <summary>Connects a stream as it was planned.</summary>
    /// <returns>The event source mappings of the stream.</returns>
    private protected IReadOnlyList<EventSourceMappingConfiguration> Run(PlannedStream planned)
    {
        // Lambda checks at once whether the role may read the source.
        if (UpdatePolicy(FunctionSession, planned.Function, new ConnectedSource(planned.EventSourceArn, planned.Settings.OnFailureDestination)))
        {
            planned.Connect.RolePatience = planned.Patience;
        }

        if (planned.Connection.Existing.Count == 0)
        {
            DeleteProgress(planned.Connection.SourceArn);
        }

        return Await(planned.Connect.RunAsync(planned.Connection, planned.EventSourceArn, planned.Settings, StopToken));
    }

    /// <summary>The plan of connecting a topic.</summary>
    /// <inheritdoc cref="PlanStream"/>
    private protected PlannedTopic PlanTopic(FunctionDestination function, string topicArn, TopicSettings settings, bool force, TimeSpan patience)
    {
        FunctionConfiguration configuration = Await(new FunctionConfigurations(FunctionSession, function, Time).GetAsync(StopToken));
        var topics = new TopicConnections(FunctionSession, function, configuration, SuspendedTopics);
        var connect = new ConnectTopic(topics, function, Time) { KeepPolicy = KeepPolicy(function, new ConnectedSource(topicArn, settings.OnFailureDestination)) };
        return new PlannedTopic(function, settings, connect, Await(connect.PlanAsync(topicArn, settings, force, StopToken)), patience);
    }

    /// <summary>Tells what the user should know before a topic is connected.</summary>
    private protected void Announce(PlannedTopic planned)
    {
        CheckFailureDestination(planned.Settings.OnFailureDestination);
        EventRetries retries = planned.Plan.Retries ?? planned.Plan.Now.Retries;
        if (retries.OnFailureDestination is null)
        {
            WarnOfDropping(DropWarning.Of("messages", retries.MaximumRetryAttempts, retries.MaximumRecordAge));
        }
    }

    /// <summary>Connects a topic as it was planned.</summary>
    private protected TopicConnection Run(PlannedTopic planned)
    {
        // Lambda checks at once whether the role may tell the destination.
        if (planned.Plan.Retries?.OnFailureDestination is { } destination && UpdatePolicy(FunctionSession, planned.Function, new ConnectedSource(planned.Plan.Now.TopicArn, destination)))
        {
            planned.Connect.RolePatience = planned.Patience;
        }

        return Await(planned.Connect.RunAsync(planned.Plan, StopToken));
    }

    /// <summary>The ARN of what is told of dropped records, where a queue's name was given; found by its name it is there, and need not be looked for again.</summary>
    private protected string? FindFailureDestination(string? destination)
    {
        if (destination is null || !FindQueue.IsName(destination))
        {
            return destination;
        }

        if (!_queues.TryGetValue((FunctionSession, destination), out string? arn))
        {
            _queues[(FunctionSession, destination)] = arn = Await(FindQueue.ArnByNameAsync(FunctionSession, destination, StopToken));
            _reportedTo.Add(arn);
        }

        return arn;
    }

    /// <summary>Warns of enabled targets whose view needs images that the table's stream does not carry: their records would fail.</summary>
    private protected void WarnOfMissingImages(string sourceArn)
    {
        if (FindStreamed(_streamed, sourceArn) is not { } streamed)
        {
            return;
        }

        try
        {
            foreach (TargetRow row in Each(Mappings.ReadAsync(sourceArn, StopToken)))
            {
                if (row.Mapping is { Active: true } mapping && StreamImages.FindMissing(mapping, streamed.StreamViewType) is { } missing)
                {
                    WriteWarning($"The target '{mapping.Id}' will not get all records: {missing}. {StreamImages.Remedy}");
                }
            }
        }
        catch (Exception e) when (e is AmazonServiceException or FanOutException)
        {
            // A source may be connected before there are targets, or a table.
            WriteVerbose($"Which targets {sourceArn} has could not be found out: {e.Message}");
        }
    }

    private Func<CancellationToken, Task<bool>> KeepPolicy(FunctionDestination function, ConnectedSource connecting)
    {
        var policy = new KeepPolicyInStep(FunctionSession, function, Time) { Connecting = connecting, IsLeftAlone = SkipsPolicy };
        return async c => (await policy.RunAsync(c).ConfigureAwait(false)).IsChanged;
    }

    // Lambda takes any ARN for it, and says nothing when it finds nobody there.
    private void CheckFailureDestination(string? destination)
    {
        if (destination is not null && _reportedTo.Add(destination) && Await(new CheckFailureDestination(FunctionSession).FindUncertaintyAsync(destination, StopToken)) is { } uncertainty)
        {
            WriteVerbose(uncertainty);
        }
    }

    private void WarnOfDropping(string warning)
    {
        if (!_toldDropping)
        {
            _toldDropping = true;
            WriteWarning(warning);
        }
    }

    // What the targets got by an earlier connection is not what they are to get by this one, which may begin with the oldest record again.
    private void DeleteProgress(string sourceArn)
    {
        try
        {
            int count = Await(Mappings.DeleteProgressAsync(sourceArn, StopToken));
            WriteVerbose($"Notes of table {Table} on what the targets of {sourceArn} have were deleted: {count}.");
        }
        catch (FanOutException e) when (e.ErrorId == "TableNotFound")
        {
            // A source may be connected before there is a table.
            WriteVerbose(e.Message);
        }
        catch (AmazonServiceException e)
        {
            WriteWarning($"Notes of an earlier connection on what the targets of {sourceArn} have may be left in table {Table}: {FanOutError.Sentence(e.Message)} What they name is not sent "
                + $"to those targets again for up to two days. You need dynamodb:Query and dynamodb:DeleteItem; the notes' sourceArn is {ProgressTable.KeyPrefix}{sourceArn}.");
        }
    }
}
