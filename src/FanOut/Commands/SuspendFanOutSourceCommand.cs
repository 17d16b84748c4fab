using System.Management.Automation;
using FanOut.Abstractions;
using FanOut.Aws.Lambda;
using FanOut.Sources.Topics;

namespace FanOut.Commands;

/// <summary>Suspends a source: the function reads it no more, until it is resumed.</summary>
/// <remarks>
/// <para>Disables the event source mapping of the source. Its position is kept, and Resume-FanOutSource goes on there; records that the stream itself drops meanwhile (Kinesis after its retention time, DynamoDB after 24 hours) are lost for the targets.</para>
/// <para>A topic is unsubscribed: it keeps nothing, so what is published meanwhile does not reach the targets. The permission to invoke the function stays, by which Resume-FanOutSource knows the topic, and a filter policy of the subscription is kept in the table of mappings.</para>
/// <para>A source that is suspended already is no error. An event source mapping that is still changing is waited for, as long as -WaitTimeout allows.</para>
/// </remarks>
/// <example>
/// <code>Suspend-FanOutSource -Source orders -SourceType Kinesis -Wait</code>
/// <para>Suspends the stream orders, and returns when the last batch is done.</para>
/// </example>
/// <example>
/// <code>Suspend-FanOutSource orders, c* -Wait</code>
/// <para>Suspends the source orders, and all connected sources whose names begin with c.</para>
/// </example>
/// <example>
/// <code>Get-FanOutSource | Suspend-FanOutSource -WhatIf</code>
/// <para>Shows which sources of the function fanout would be suspended, and changes nothing.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Suspend, "FanOutSource", HelpUri = ProjectAddress.CmdletPages + "Suspend-FanOutSource.md", SupportsShouldProcess = true)]
[OutputType(typeof(FanOutSource))]
public sealed class SuspendFanOutSourceCommand : ChangeSourceCommand
{
    /// <inheritdoc/>
    private protected override string Action => "Disable";

    /// <inheritdoc/>
    private protected override string TopicAction => "Unsubscribe the function";

    /// <inheritdoc/>
    private protected override string Wanted => "Disabled";

    /// <inheritdoc/>
    private protected override bool IsDone(string? state) => state is "Disabled" or "Disabling";

    /// <inheritdoc/>
    private protected override Task<EventSourceMappingConfiguration> ChangeAsync(string uuid) =>
        EventSources.UpdateAsync(new UpdateEventSourceMappingRequest { UUID = uuid, Enabled = false }, WaitTimeout, StopToken);

    /// <inheritdoc/>
    private protected override Task<TopicConnection> ChangeAsync(TopicConnections topics, TopicConnection topic) => topics.SuspendAsync(topic, StopToken);
}
