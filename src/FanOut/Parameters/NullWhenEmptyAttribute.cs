using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>Turns an empty text, such as an empty field of a CSV file, into null. PowerShell itself would convert it to zero.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NullWhenEmptyAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text && string.IsNullOrWhiteSpace(text) ? null : inputData;
}
