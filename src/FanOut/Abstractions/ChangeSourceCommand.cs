using System.ComponentModel;
using System.Management.Automation;
using Amazon.Runtime;
using FanOut.Aws.Lambda;
using FanOut.Completion;
using FanOut.Engine.Events;
using FanOut.Errors;
using FanOut.Sources;
using FanOut.Sources.Topics;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that change how a connected source is connected.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChangeSourceCommand : WaitSourceCommand
{
    /// <summary>The id of the event source mapping, where the function reads the source through more than one: with an alias, or with a consumer. Without it: all of them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(UuidCompleter))]
    public string? Uuid { get; set; }

    /// <summary>Outputs the source.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is done, for -WhatIf and -Confirm.</summary>
    private protected abstract string Action { get; }

    /// <summary>What is done with a topic, for -WhatIf and -Confirm.</summary>
    private protected abstract string TopicAction { get; }

    /// <summary>The state that the change leads to; null: the connection is deleted.</summary>
    private protected abstract string? Wanted { get; }

    /// <summary>Whether the event source mapping is in that state already, or on its way there.</summary>
    private protected abstract bool IsDone(string? state);

    /// <summary>Makes the change.</summary>
    /// <param name="uuid">The id of the event source mapping.</param>
    /// <returns>The event source mapping as Lambda answered.</returns>
    private protected abstract Task<EventSourceMappingConfiguration> ChangeAsync(string uuid);

    /// <summary>Makes the change of a topic.</summary>
    private protected abstract Task<TopicConnection> ChangeAsync(TopicConnections topics, TopicConnection topic);

    /// <inheritdoc/>
    private protected override IEnumerable<string> FindLike(string pattern) => ListConnected().Where(s => IsLike(s, pattern));

    /// <inheritdoc/>
    private protected override void ProcessSource(string sourceArn, string given)
    {
        if (Engine.Events.SourceArn.IsOf(SourceKind.Sns, sourceArn))
        {
            ChangeTopic(sourceArn);
            return;
        }

        EventSourceMappingConfiguration[] found = [.. Await(EventSources.ListAsync(sourceArn, StopToken)).Where(m => NullIfEmpty(Uuid) is null || m.UUID == Uuid)];
        if (found.Length == 0)
        {
            throw NotConnected(sourceArn, "event source mapping");
        }

        foreach (EventSourceMappingConfiguration eventSourceMapping in found)
        {
            Change(sourceArn, eventSourceMapping);
        }
    }

    private IEnumerable<string> ListConnected() =>
        Await(EventSources.ListAsync(null, StopToken)).Select(EventSource.Of).Concat(ListTopics()).Distinct().Order(StringComparer.Ordinal);

    private IEnumerable<string> ListTopics()
    {
        try
        {
            return Await(Topics.ListAsync([], StopToken)).Where(static t => t.State != DescribeSource.NotConnected).Select(static t => t.TopicArn);
        }
        catch (Exception e) when (e is AmazonServiceException or FanOutException)
        {
            // Whoever has streams only needs no right to topics.
            WriteVerbose($"Which topics are connected with {Function.Text} could not be found out: {Explain(e)}");
            return [];
        }
    }

    private FanOutException NotConnected(string sourceArn, string what)
    {
        string? nearest = Nearest.Near(EventSource.Describe(sourceArn).Name, ListConnected().Select(static s => EventSource.Describe(s).Name));
        return FanOutError.SourceNotConnected(sourceArn, Function.Text, FunctionSession.Region, FunctionSession.Identity, what, nearest);
    }

    private void ChangeTopic(string topicArn)
    {
        TopicConnections topics = Topics;
        TopicConnection topic = Await(topics.FindAsync(topicArn, StopToken));
        if (topic.State == DescribeSource.NotConnected)
        {
            throw NotConnected(topicArn, "subscription");
        }

        if (IsDone(topic.State))
        {
            WriteVerbose($"The source {topicArn} of {topic.FunctionArn} is {topic.State} already.");
        }
        else if (ShouldProcess($"source {topicArn} of {topic.FunctionArn}", TopicAction, out ShouldProcessReason reason))
        {
            topic = Await(ChangeAsync(topics, topic));
        }
        else if (reason == ShouldProcessReason.WhatIf)
        {
            topic = Wanted switch
            {
                "Enabled" => topic with { SubscriptionArn = "" },
                "Disabled" => topic with { SubscriptionArn = null, StatementIds = [""] },
                _ => topic with { SubscriptionArn = null, StatementIds = [] },
            };
        }
        else
        {
            return;
        }

        if (PassThru)
        {
            WriteObject(Describe(topic));
        }
    }

    private void Change(string sourceArn, EventSourceMappingConfiguration eventSourceMapping)
    {
        bool isWhatIf = false;
        if (!IsDone(eventSourceMapping.State))
        {
            if (ShouldProcess(
                $"source {sourceArn} of {eventSourceMapping.FunctionArn}, event source mapping {eventSourceMapping.UUID}", Action, out ShouldProcessReason reason))
            {
                eventSourceMapping = Await(ChangeAsync(eventSourceMapping.UUID!));
                if (Wanted is null)
                {
                    NeedsPolicy();
                }
            }
            else if (reason == ShouldProcessReason.WhatIf)
            {
                isWhatIf = true;
                eventSourceMapping.State = Wanted ?? DescribeSource.NotConnected;
            }
            else
            {
                return;
            }
        }
        else
        {
            WriteVerbose($"The event source mapping {eventSourceMapping.UUID} of {sourceArn} is {eventSourceMapping.State} already.");
        }

        if (Wait && !isWhatIf)
        {
            eventSourceMapping = WaitFor(eventSourceMapping, Wanted);
        }

        if (PassThru)
        {
            WriteObject(Describe(eventSourceMapping));
        }
    }
}
