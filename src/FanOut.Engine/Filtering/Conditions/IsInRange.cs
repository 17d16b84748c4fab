namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>{"numeric": ["&gt;", 0, "&lt;=", 5]}</c>: numbers of any size, compared by all of their digits.</summary>
internal sealed class IsInRange(Bound[] bounds) : ValueCondition
{
    public override ScalarKind? Kind => ScalarKind.Number;

    public override bool Holds(in Scalar value)
    {
        if (value.Kind != ScalarKind.Number)
        {
            return false;
        }

        var number = new JsonNumber(value.Text);
        foreach (Bound bound in bounds)
        {
            if (!bound.Holds(number))
            {
                return false;
            }
        }

        return true;
    }
}
