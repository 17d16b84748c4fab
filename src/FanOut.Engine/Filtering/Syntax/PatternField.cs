using FanOut.Engine.Filtering.Conditions;

namespace FanOut.Engine.Filtering.Syntax;

/// <summary>What a pattern asks of a field: that one of some conditions holds for its value, or what its own fields are.</summary>
/// <param name="name">The field's name.</param>
/// <param name="conditions">The conditions; none where the field is to be an object.</param>
/// <param name="mayBeAbsent">Whether <c>{"exists": false}</c> is among the conditions.</param>
/// <param name="node">What is asked of the object; <see langword="null"/>: the field is to be a value.</param>
internal sealed class PatternField(string name, ValueCondition[] conditions, bool mayBeAbsent, PatternNode? node)
{
    /// <summary>The field's name.</summary>
    public string Name => name;

    /// <summary>The conditions; none where the field is to be an object.</summary>
    public ValueCondition[] Conditions => conditions;

    /// <summary>What is asked of the object; <see langword="null"/>: the field is to be a value.</summary>
    public PatternNode? Node => node;

    /// <summary>Whether it holds where there is no such field.</summary>
    public bool HoldsWhenAbsent => node?.HoldsWhenAbsent ?? mayBeAbsent;
}
