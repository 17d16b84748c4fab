using System.Management.Automation;
using FanOut.Abstractions;
using FanOut.Aws.Lambda;
using FanOut.Sources.Topics;

namespace FanOut.Commands;

/// <summary>Disconnects a source from the function: its records are read no more.</summary>
/// <remarks>
/// <para>Deletes the event source mapping of the source; of a topic, the subscription and the permission to invoke the function. Where it read is forgotten: a source that is connected again begins where -StartingPosition says. Suspend-FanOutSource only pauses. The targets of the source stay registered, and the function's settings stay as they are.</para>
/// <para>Asks before it deletes; -Confirm:$false does not. An event source mapping that is still changing is waited for, as long as -WaitTimeout allows.</para>
/// </remarks>
/// <example>
/// <code>Disconnect-FanOutSource -Source orders -SourceType Kinesis -Confirm:$false</code>
/// <para>Disconnects the stream orders from the function fanout without asking.</para>
/// </example>
/// <example>
/// <code>Get-FanOutSource | Where-Object AllTargets -eq 0 | Disconnect-FanOutSource -Wait</code>
/// <para>Disconnects the sources that have no target, asks for each, and waits until their event source mappings are gone.</para>
/// </example>
[Cmdlet(VerbsCommunications.Disconnect, "FanOutSource", HelpUri = ProjectAddress.CmdletPages + "Disconnect-FanOutSource.md", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(FanOutSource))]
public sealed class DisconnectFanOutSourceCommand : ChangeSourceCommand
{
    /// <summary>Leaves the policy of the function's role alone; a warning says which statement is missing. Without it, the policy that Publish-FanOutFunction gave the role is updated.</summary>
    [Parameter]
    public SwitchParameter SkipPolicy { get; set; }

    /// <inheritdoc/>
    private protected override bool SkipsPolicy => SkipPolicy;

    /// <inheritdoc/>
    private protected override string Action => "Delete";

    /// <inheritdoc/>
    private protected override string TopicAction => "Unsubscribe the function, and take the permission to invoke it from the topic";

    /// <inheritdoc/>
    private protected override string? Wanted => null;

    /// <inheritdoc/>
    private protected override bool IsDone(string? state) => state == "Deleting";

    /// <inheritdoc/>
    private protected override Task<EventSourceMappingConfiguration> ChangeAsync(string uuid) => EventSources.DeleteAsync(uuid, WaitTimeout, StopToken);

    /// <inheritdoc/>
    private protected override Task<TopicConnection> ChangeAsync(TopicConnections topics, TopicConnection topic) => topics.DisconnectAsync(topic, StopToken);
}
