namespace FanOut.Engine.Filtering.Conditions;

/// <summary>What a pattern asks of one value.</summary>
internal abstract class ValueCondition
{
    /// <summary>Whether a value is as asked.</summary>
    public abstract bool Holds(in Scalar value);
}
