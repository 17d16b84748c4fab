using System.ComponentModel;
using System.Management.Automation;
using FanOut.Aws.Lambda;
using FanOut.Completion;
using FanOut.Errors;
using FanOut.Sources;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that change the event source mappings of a connected source.</summary>
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

    /// <summary>The state that the change leads to; null: the event source mapping is deleted.</summary>
    private protected abstract string? Wanted { get; }

    /// <summary>Whether the event source mapping is in that state already, or on its way there.</summary>
    private protected abstract bool IsDone(string? state);

    /// <summary>Makes the change.</summary>
    /// <param name="uuid">The id of the event source mapping.</param>
    /// <returns>The event source mapping as Lambda answered.</returns>
    private protected abstract Task<EventSourceMappingConfiguration> ChangeAsync(string uuid);

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        string sourceArn = ResolveSourceArn();
        EventSourceMappingConfiguration[] found = [.. Await(EventSources.ListAsync(sourceArn, StopToken)).Where(m => NullIfEmpty(Uuid) is null || m.UUID == Uuid)];
        if (found.Length == 0)
        {
            throw FanOutError.SourceNotConnected(sourceArn, Function.Text, FunctionSession.Region, FunctionSession.Identity);
        }

        foreach (EventSourceMappingConfiguration eventSourceMapping in found)
        {
            Change(sourceArn, eventSourceMapping);
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
