namespace FanOut.Engine.Filtering.Conditions;

/// <summary>What a pattern asks of one value.</summary>
internal abstract class ValueCondition
{
    /// <summary>The only kind of value for which it can hold; <see langword="null"/>: any.</summary>
    public abstract ScalarKind? Kind { get; }

    /// <summary>Whether a value is as asked.</summary>
    public abstract bool Holds(in Scalar value);
}
