using System.Diagnostics.CodeAnalysis;

namespace FanOut.Engine.Templates;

/// <summary>The texts that a mapping's target needs of each payload besides its data and key, in an order: a target finds each by its number.</summary>
/// <remarks>Two of them are equal when they write the same of each record, in the same order.</remarks>
public sealed class TextTemplates : IEquatable<TextTemplates>
{
    private readonly TextTemplate[] _all;

    private TextTemplates(TextTemplate[] all) => _all = all;

    /// <summary>How many there are, at least one.</summary>
    public int Count => _all.Length;

    /// <summary>One of them.</summary>
    /// <param name="number">Its number, from 0.</param>
    public TextTemplate this[int number] => _all[number];

    /// <summary>The templates; null: there are none.</summary>
    public static TextTemplates? Of(IEnumerable<TextTemplate> all) => all.ToArray() is { Length: > 0 } some ? new TextTemplates(some) : null;

    /// <summary>The number of a text; -1: it is not among them.</summary>
    /// <param name="templates">The templates; null: there are none.</param>
    /// <param name="name">Its name.</param>
    public static int NumberOf(TextTemplates? templates, string name) => templates is null ? -1 : Array.FindIndex(templates._all, t => t.Name == name);

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] TextTemplates? other) => other is not null && _all.AsSpan().SequenceEqual(other._all);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TextTemplates);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (TextTemplate template in _all)
        {
            hash.Add(template);
        }

        return hash.ToHashCode();
    }
}
