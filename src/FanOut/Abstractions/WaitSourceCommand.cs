using System.ComponentModel;
using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Aws.Lambda;
using FanOut.Errors;
using FanOut.Parameters;
using FanOut.Registry;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that change how a source is connected, and can wait until Lambda has made the change.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WaitSourceCommand : SourcesCommand
{
    // Any number that other modules do not use.
    private const int ActivityId = 0x46_4f;

    /// <summary>Waits until Lambda has made the change, which takes seconds to a minute. Without it the cmdlet returns when the change has begun.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait for each change of the function and of the event source mapping: a duration ('00:05:00') or seconds. Default: 5 minutes.</summary>
    [Parameter]
    [Duration]
    [NotAFile]
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The function's event source mappings.</summary>
    private protected EventSourceMappings EventSources => new(FunctionSession, Function, Time);

    /// <summary>Waits for a state, with a progress bar.</summary>
    /// <param name="eventSourceMapping">The event source mapping as it was seen last.</param>
    /// <param name="wanted">The state to wait for; null: until it is gone.</param>
    /// <returns>The event source mapping as it was seen last.</returns>
    private protected EventSourceMappingConfiguration WaitFor(EventSourceMappingConfiguration eventSourceMapping, string? wanted)
    {
        string source = EventSource.Of(eventSourceMapping);
        var progress = new ProgressRecord(ActivityId, $"Event source mapping of {source}", $"is {eventSourceMapping.State}");
        IAsyncEnumerable<EventSourceMappingConfiguration?> looks = Poll.UntilAsync(
            c => EventSources.GetAsync(eventSourceMapping.UUID!, c),
            m => m?.State == wanted,
            WaitTimeout,
            m => FanOutError.SourceNotReady(source, wanted ?? "gone", m?.State, m?.StateTransitionReason, WaitTimeout),
            Time,
            StopToken);
        try
        {
            WriteProgress(progress);
            foreach (EventSourceMappingConfiguration? seen in Each(looks))
            {
                eventSourceMapping = seen ?? eventSourceMapping;
                progress.StatusDescription = $"is {seen?.State ?? "gone"}";
                WriteProgress(progress);
            }
        }
        finally
        {
            progress.RecordType = ProgressRecordType.Completed;
            WriteProgress(progress);
        }

        return eventSourceMapping;
    }

    /// <summary>The topics that the function is connected with.</summary>
    /// <exception cref="FanOutException">FunctionNotFound.</exception>
    private protected TopicConnections Topics => TopicsOf(Await(new FunctionConfigurations(FunctionSession, Function, Time).GetAsync(StopToken)));

    // Null: a source may be connected before there is a table, and by somebody who may not read it.
    private TargetRow[]? ReadTargets(string sourceArn)
    {
        try
        {
            return [.. Each(Mappings.ReadAsync(sourceArn, StopToken))];
        }
        catch (Exception e) when (e is AmazonServiceException or FanOutException)
        {
            WriteVerbose($"Which targets {sourceArn} has could not be found out: {Explain(e)}");
            return null;
        }
    }

    /// <summary>The topic as the cmdlet outputs it.</summary>
    private protected FanOutSource Describe(TopicConnection topic) => DescribeSource.Of(new SourceFacts
    {
        SourceArn = topic.TopicArn,
        Topic = topic,
        Targets = ReadTargets(topic.TopicArn),
        Region = FunctionSession.Region,
        FunctionName = Function.Name,
        TableName = Table,
    });

    /// <summary>The source as the cmdlet outputs it.</summary>
    private protected FanOutSource Describe(EventSourceMappingConfiguration eventSourceMapping) => DescribeSource.Of(new SourceFacts
    {
        SourceArn = EventSource.Of(eventSourceMapping),
        EventSourceMapping = eventSourceMapping,
        Targets = ReadTargets(EventSource.Of(eventSourceMapping)),
        Region = FunctionSession.Region,
        FunctionName = Function.Name,
        TableName = Table,
    });
}
