using System.ComponentModel;
using System.Management.Automation;
using FanOut.Registry;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that change one registered target, and output it only with -PassThru.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChangeTargetCommand : TargetCommand
{
    /// <summary>Outputs the target.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Whether the change alters the permissions that the function needs.</summary>
    private protected virtual bool ChangesPermissions => false;

    /// <summary>What is done, for -WhatIf and -Confirm.</summary>
    private protected abstract string Action { get; }

    /// <summary>Makes the change in the table.</summary>
    /// <returns>The row that <c>-PassThru</c> outputs.</returns>
    private protected abstract Task<TargetRow> ChangeAsync(MappingTable table, string sourceArn);

    /// <summary>What <c>-WhatIf -PassThru</c> outputs: the row as the change would leave it.</summary>
    private protected virtual TargetRow Preview(TargetRow row) => row;

    /// <inheritdoc/>
    private protected override void ProcessObject()
    {
        string sourceArn = ResolveSourceArn();
        MappingTable table = Mappings;
        bool isDone = ShouldProcess($"target '{Id}' of {sourceArn}", Action);
        if (!isDone && !PassThru)
        {
            return;
        }

        if (isDone && ChangesPermissions)
        {
            NeedsPolicy();
        }

        TargetRow row = isDone ? Await(ChangeAsync(table, sourceArn)) : Preview(Await(table.GetAsync(sourceArn, Id, StopToken)));
        if (PassThru)
        {
            WriteObject(row.ToTarget());
        }
    }
}
