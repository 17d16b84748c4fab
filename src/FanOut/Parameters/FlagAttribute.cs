using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>Lets a switch take the words that a CSV file has: true, false, 1, 0, yes, no, and nothing.</summary>
/// <remarks>PowerShell itself refuses texts for switches, and converts any text that is not empty to true elsewhere.</remarks>
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
