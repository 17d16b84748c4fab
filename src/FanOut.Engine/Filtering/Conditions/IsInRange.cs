namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>{"numeric": ["&gt;", 0, "&lt;=", 5]}</c>; numbers beyond ±5.0e9 are in no range, as in EventBridge.</summary>
internal sealed class IsInRange(Bound[] bounds) : ValueCondition
{
    private static ReadOnlySpan<byte> Most => "5e9"u8;

    private static ReadOnlySpan<byte> Least => "-5e9"u8;

    /// <summary>Whether EventBridge compares a number: from -5.0e9 to 5.0e9.</summary>
    public static bool IsComparable(ReadOnlySpan<byte> number)
    {
        var value = new JsonNumber(number);
        return value.CompareTo(new JsonNumber(Most)) <= 0 && value.CompareTo(new JsonNumber(Least)) >= 0;
    }

    public override bool Holds(in Scalar value)
    {
        if (value.Kind != ScalarKind.Number || !IsComparable(value.Text))
        {
            return false;
        }

        foreach (Bound bound in bounds)
        {
            if (!bound.Holds(new JsonNumber(value.Text)))
            {
                return false;
            }
        }

        return true;
    }
}
