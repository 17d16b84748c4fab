using System.Collections;
using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>Allows only some words, ignoring case.</summary>
/// <remarks>ValidateSet does the same, but PowerShell then completes its words itself, without asking the completer that shows what they mean.</remarks>
/// <param name="words">The words; one text may hold several, with a comma and a blank between them. An empty one allows a piped object without a value; messages do not show it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(params string[] words) : ValidateArgumentsAttribute, IChecksValue
{
    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words { get; } = [.. words.SelectMany(static w => w.Split(", "))];

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics) => ((IChecksValue)this).Check(arguments);

    /// <inheritdoc/>
    void IChecksValue.Check(object? value)
    {
        foreach (object? element in LanguagePrimitives.GetEnumerable(value) ?? (IEnumerable)new[] { value })
        {
            string word = $"{element}";
            if (!Words.Contains(word, StringComparer.OrdinalIgnoreCase))
            {
                throw new ValidationMetadataException($"'{word}' is not one of {string.Join(", ", Words.Where(static w => w.Length > 0))}.");
            }
        }
    }
}
