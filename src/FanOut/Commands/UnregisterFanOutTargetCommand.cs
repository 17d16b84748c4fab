using System.Management.Automation;
using Amazon.DynamoDBv2.Model;
using FanOut.Abstractions;
using FanOut.Registry;

namespace FanOut.Commands;

/// <summary>Deletes a target from the table of mappings.</summary>
/// <remarks><para>The destination itself is not touched. The function keeps its mappings for a while (60 s unless FANOUT_REFRESH_SECONDS says otherwise), so records may still go there for that long. Asks before it deletes; -Confirm:$false does not. A target that is not there is an error: a script that may run twice gives -ErrorAction SilentlyContinue.</para></remarks>
/// <example>
/// <code>Unregister-FanOutTarget -Id archive -Source orders -SourceType Kinesis -Confirm:$false</code>
/// <para>Deletes the target archive of the stream orders without asking.</para>
/// </example>
/// <example>
/// <code>Get-FanOutTarget | Where-Object State -eq Invalid | Unregister-FanOutTarget -WhatIf</code>
/// <para>Shows which invalid rows would be deleted, and changes nothing.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Unregister, "FanOutTarget", HelpUri = ProjectAddress.CmdletPages + "Unregister-FanOutTarget.md", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(FanOutTarget))]
public sealed class UnregisterFanOutTargetCommand : ChangeTargetCommand
{
    /// <summary>Leaves the policy of the function's role alone; a warning says which statement is missing. Without it, the policy that Publish-FanOutFunction gave the role is updated.</summary>
    [Parameter]
    public SwitchParameter SkipPolicy { get; set; }

    /// <inheritdoc/>
    private protected override string Action => "Delete";

    /// <inheritdoc/>
    private protected override bool SkipsPolicy => SkipPolicy;

    /// <inheritdoc/>
    private protected override IReadOnlyDictionary<string, AttributeValue?>? Plan(TargetRow row) => null;
}
