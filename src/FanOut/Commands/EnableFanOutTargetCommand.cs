using System.Management.Automation;
using Amazon.DynamoDBv2.Model;
using FanOut.Abstractions;
using FanOut.Engine.Mappings;
using FanOut.Errors;
using FanOut.Registry;

namespace FanOut.Commands;

/// <summary>Enables a target: from then on it gets the records of its source.</summary>
/// <remarks><para>The function keeps its mappings for a while (60 s unless FANOUT_REFRESH_SECONDS says otherwise), so it may take that long until the target gets its first records. A row that is not a valid mapping is not enabled. A target that is enabled already is left as it is.</para></remarks>
/// <example>
/// <code>Enable-FanOutTarget -Id archive -Source orders -SourceType Kinesis</code>
/// <para>Enables the target archive of the stream orders.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget -Type firehose | Enable-FanOutTarget -PassThru</code>
/// <para>Enables all delivery streams and shows them.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Enable, "FanOutTarget", HelpUri = ProjectAddress.CmdletPages + "Enable-FanOutTarget.md", SupportsShouldProcess = true)]
[OutputType(typeof(FanOutTarget))]
public sealed class EnableFanOutTargetCommand : ChangeTargetCommand
{
    private static readonly Dictionary<string, AttributeValue?> Enabled = new() { [MappingAttributes.Active] = new AttributeValue { BOOL = true } };

    /// <inheritdoc/>
    private protected override string Action => "Enable";

    /// <inheritdoc/>
    private protected override IReadOnlyDictionary<string, AttributeValue?> Plan(TargetRow row) =>
        row.Problem is { } problem ? throw FanOutError.InvalidMapping(row.Id, row.SourceArn, problem) : Enabled;
}
