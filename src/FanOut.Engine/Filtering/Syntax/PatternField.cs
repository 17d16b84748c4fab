using FanOut.Engine.Filtering.Conditions;

namespace FanOut.Engine.Filtering.Syntax;

/// <summary>A field that a pattern asks for, and what its value is to be.</summary>
/// <param name="number">The field's number, counted through the pattern's text; it tells fields of the same path apart.</param>
/// <param name="path">The names that lead to it, its own last.</param>
/// <param name="conditions">The conditions, of which one has to hold.</param>
/// <param name="mayBeAbsent">Whether <c>{"exists": false}</c> is among them.</param>
internal sealed class PatternField(int number, string[] path, ValueCondition[] conditions, bool mayBeAbsent)
{
    /// <summary>The field's number, counted through the pattern's text; it tells fields of the same path apart.</summary>
    public int Number => number;

    /// <summary>The names that lead to it, its own last.</summary>
    public IReadOnlyList<string> Path => path;

    /// <summary>The conditions, of which one has to hold.</summary>
    public ValueCondition[] Conditions => conditions;

    /// <summary>Whether it matches an object that has no such field.</summary>
    public bool MayBeAbsent => mayBeAbsent;
}
