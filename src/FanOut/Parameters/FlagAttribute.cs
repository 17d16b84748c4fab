using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>Lets a switch accept the words of a CSV file: true, false, 1, 0, yes, no, or an empty text.</summary>
/// <remarks>PowerShell itself accepts no text for a switch; elsewhere it converts any text that is not empty to true.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FlagAttribute : ArgumentTransformationAttribute
{
    /// <summary>What an empty text means: the parameter's default.</summary>
    public bool WhenEmpty { get; init; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null or "" => WhenEmpty,
            string text => text.Trim().ToUpperInvariant() switch
            {
                "TRUE" or "$TRUE" or "1" or "YES" => true,
                "FALSE" or "$FALSE" or "0" or "NO" => false,
                "" => WhenEmpty,
                _ => throw new ArgumentTransformationMetadataException($"'{text}' is neither true nor false."),
            },
            SwitchParameter given => given.ToBool(),
            var other => other,
        };
}
