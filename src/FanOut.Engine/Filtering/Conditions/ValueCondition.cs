namespace FanOut.Engine.Filtering.Conditions;

/// <summary>What a pattern asks of one value.</summary>
internal abstract class ValueCondition
{
    /// <summary>The only kind of value for which the condition can hold; null: any.</summary>
    public abstract ScalarKind? Kind { get; }

    /// <summary>Whether the condition holds for a value.</summary>
    public abstract bool Holds(in Scalar value);
}
