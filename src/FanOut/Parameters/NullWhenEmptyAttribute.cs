using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>Takes an empty text, which is what a CSV file has where nothing stands, for nothing instead of for zero.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NullWhenEmptyAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text && string.IsNullOrWhiteSpace(text) ? null : inputData;
}
