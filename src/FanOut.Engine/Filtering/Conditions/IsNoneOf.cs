namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>{"anything-but": …}</c>: a value that is there, of whatever kind, for which none of some conditions holds.</summary>
internal sealed class IsNoneOf(ValueCondition[] conditions) : ValueCondition
{
    public override ScalarKind? Kind => null;

    public override bool Holds(in Scalar value)
    {
        foreach (ValueCondition condition in conditions)
        {
            if (condition.Holds(value))
            {
                return false;
            }
        }

        return true;
    }
}
