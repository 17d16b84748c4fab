using System.ComponentModel;
using System.Management.Automation;
using FanOut.Completion;

namespace FanOut.Abstractions;

/// <summary>Base of the cmdlets that work on one registered target of a source.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TargetCommand : SourceCommand
{
    /// <summary>The id of the mapping, unique within its source.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TargetIdCompleter))]
    public string Id { get; set; } = "";

    /// <inheritdoc/>
    private protected override object? Subject => Id;
}
