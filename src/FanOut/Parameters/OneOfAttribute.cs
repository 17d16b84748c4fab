using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>Allows some words, whatever their case.</summary>
/// <remarks>As ValidateSet does; but where that stands, PowerShell completes its bare words and asks no completer, so that nobody is told what they mean.</remarks>
/// <param name="words">The words; an empty one, for a piped object that has none, is not shown.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(params string[] words) : ValidateEnumeratedArgumentsAttribute
{
    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words => words;

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        // Nothing is an empty word, which PowerShell itself would not let pass.
        if (arguments is not null || !words.Contains(""))
        {
            base.Validate(arguments, engineIntrinsics);
        }
    }

    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        string word = $"{element}";
        if (!words.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            throw new ValidationMetadataException($"'{word}' is none of {string.Join(", ", words.Where(static w => w.Length > 0))}.");
        }
    }
}
