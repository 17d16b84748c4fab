using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>Keeps a time as it is, with its zone, and anything else as text.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ReplayPointAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
    {
        null => null,
        DateTime or DateTimeOffset => inputData is PSObject time ? time.BaseObject : inputData,
        string text when string.IsNullOrWhiteSpace(text) => null,

        // A long number that is typed without quotes: PowerShell keeps the text beside the number that it has become.
        _ => LanguagePrimitives.ConvertTo<string>(inputData),
    };
}
