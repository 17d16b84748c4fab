using FanOut.Engine.Filtering.Conditions;

namespace FanOut.Engine.Filtering.Syntax;

/// <summary>What a pattern asks of a field: that one of some conditions holds for its value, or what its own fields are.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Conditions">The conditions; none where the field is to be an object.</param>
/// <param name="MayBeAbsent">Whether <c>{"exists": false}</c> is among the conditions.</param>
/// <param name="Node">What is asked of the object; <see langword="null"/>: the field is to be a value.</param>
internal sealed record PatternField(string Name, ValueCondition[] Conditions, bool MayBeAbsent, PatternNode? Node)
{
    /// <summary>Whether it holds where there is no such field.</summary>
    public bool HoldsWhenAbsent => Node?.HoldsWhenAbsent ?? MayBeAbsent;
}
