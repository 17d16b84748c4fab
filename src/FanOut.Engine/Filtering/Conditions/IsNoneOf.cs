namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>{"anything-but": …}</c>: the field has a value, of any kind, and none of the conditions holds for it.</summary>
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
