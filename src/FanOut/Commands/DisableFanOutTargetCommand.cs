using System.Management.Automation;
using Amazon.DynamoDBv2.Model;
using FanOut.Abstractions;
using FanOut.Engine.Mappings;
using FanOut.Registry;

namespace FanOut.Commands;

/// <summary>Disables a target: it gets no more records, and keeps its settings.</summary>
/// <remarks><para>The function keeps its mappings for a while (60 s unless FANOUT_REFRESH_SECONDS says otherwise), so the target may get records for that long. Records that pass while it is disabled are not sent to it later. A target that is disabled already is left as it is.</para></remarks>
/// <example>
/// <code>Disable-FanOutTarget -Id archive -Source orders -SourceType Kinesis</code>
/// <para>Disables the target archive of the stream orders.</para>
/// </example>
/// <example>
/// <code>Disable-FanOutTarget copy-*, archive -Source orders -SourceType Kinesis</code>
/// <para>Disables all targets of the stream orders whose id starts with copy-, and the target archive.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget | Where-Object Destination -like *.old.* | Disable-FanOutTarget -WhatIf</code>
/// <para>Shows which targets would be disabled, and changes nothing.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Disable, "FanOutTarget", HelpUri = ProjectAddress.CmdletPages + "Disable-FanOutTarget.md", SupportsShouldProcess = true)]
[OutputType(typeof(FanOutTarget))]
public sealed class DisableFanOutTargetCommand : ChangeTargetCommand
{
    private static readonly Dictionary<string, AttributeValue?> Disabled = new() { [MappingAttributes.Active] = new AttributeValue { BOOL = false } };

    /// <inheritdoc/>
    private protected override string Action => "Disable";

    /// <inheritdoc/>
    private protected override IReadOnlyDictionary<string, AttributeValue?> Plan(TargetRow row) => Disabled;
}
