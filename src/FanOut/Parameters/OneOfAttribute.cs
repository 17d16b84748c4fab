using System.Collections;
using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>Allows only some words, ignoring case.</summary>
/// <remarks>ValidateSet does the same, but PowerShell then completes its words itself, without asking the completer that shows what they mean.</remarks>
/// <param name="words">The words. An empty one allows a piped object without a value; messages do not show it.</param>
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
                throw new ValidationMetadataException($"'{word}' is not one of {string.Join(", ", words.Where(static w => w.Length > 0))}.");
            }
        }
    }
}
