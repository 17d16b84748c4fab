using System.Collections;
using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>Allows some words, whatever their case.</summary>
/// <remarks>As ValidateSet does; but where that stands, PowerShell completes its bare words and asks no completer, so that nobody is told what they mean.</remarks>
/// <param name="words">The words; an empty one, which is also nothing, for a piped object that has none, is not shown.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(params string[] words) : ValidateArgumentsAttribute
{
    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words => words;

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        foreach (object? element in LanguagePrimitives.GetEnumerable(arguments) ?? (IEnumerable)new[] { arguments })
        {
            string word = $"{element}";
            if (!words.Contains(word, StringComparer.OrdinalIgnoreCase))
            {
                throw new ValidationMetadataException($"'{word}' is none of {string.Join(", ", words.Where(static w => w.Length > 0))}.");
            }
        }
    }
}
