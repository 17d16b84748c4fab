using System.Management.Automation;
using FanOut.Abstractions;
using FanOut.Aws.Lambda;
using FanOut.Sources.Topics;

namespace FanOut.Commands;

/// <summary>Resumes a source that was suspended: the function reads on where it stopped.</summary>
/// <remarks>
/// <para>Enables the event source mapping of the source; subscribes the function to a topic again, with what was set of the subscription. A source that is enabled already is no error. An event source mapping that is still changing is waited for, as long as -WaitTimeout allows.</para>
/// </remarks>
/// <example>
/// <code>Resume-FanOutSource -Source orders -SourceType Kinesis</code>
/// <para>Resumes the stream orders.</para>
/// </example>
/// <example>
/// <code>Get-FanOutSource | Where-Object State -eq Disabled | Resume-FanOutSource -Wait -PassThru</code>
/// <para>Resumes all sources that are suspended, waits for each, and shows them.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Resume, "FanOutSource", HelpUri = ProjectAddress.CmdletPages + "Resume-FanOutSource.md", SupportsShouldProcess = true)]
[OutputType(typeof(FanOutSource))]
public sealed class ResumeFanOutSourceCommand : ChangeSourceCommand
{
    /// <inheritdoc/>
    private protected override string Action => "Enable";

    /// <inheritdoc/>
    private protected override string TopicAction => "Subscribe the function";

    /// <inheritdoc/>
    private protected override string Wanted => "Enabled";

    /// <inheritdoc/>
    private protected override bool IsDone(string? state) => state is "Enabled" or "Enabling";

    /// <inheritdoc/>
    private protected override Task<EventSourceMappingConfiguration> ChangeAsync(string uuid) =>
        EventSources.UpdateAsync(new UpdateEventSourceMappingRequest { UUID = uuid, Enabled = true }, WaitTimeout, StopToken);

    /// <inheritdoc/>
    private protected override Task<TopicConnection> ChangeAsync(TopicConnections topics, TopicConnection topic) => topics.ResumeAsync(topic, StopToken);
}
