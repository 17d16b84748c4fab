using System.Management.Automation;

namespace FanOut.Abstractions;

/// <summary>Takes an empty text for nothing said, where PowerShell would make it 0, or refuse it: the empty cells of Import-Csv.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EmptyIsUnsaidAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is "" ? null : inputData;
}
