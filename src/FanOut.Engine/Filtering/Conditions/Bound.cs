namespace FanOut.Engine.Filtering.Conditions;

/// <summary>One comparison of <c>numeric</c>.</summary>
internal sealed class Bound(Comparison comparison, byte[] number)
{
    /// <summary>Whether it is a lower bound: <c>=</c>, <c>&gt;</c> or <c>&gt;=</c>.</summary>
    public bool IsLower => comparison is Comparison.Greater or Comparison.GreaterOrEqual;

    /// <summary>Whether it is an upper bound: <c>=</c>, <c>&lt;</c> or <c>&lt;=</c>.</summary>
    public bool IsUpper => comparison is Comparison.Less or Comparison.LessOrEqual;

    /// <summary>The number, taken apart.</summary>
    public JsonNumber Number => new(number);

    /// <summary>Whether a value lies within.</summary>
    public bool Holds(JsonNumber value)
    {
        int order = value.CompareTo(Number);
        return comparison switch
        {
            Comparison.Equal => order == 0,
            Comparison.Less => order < 0,
            Comparison.LessOrEqual => order <= 0,
            Comparison.Greater => order > 0,
            _ => order >= 0,
        };
    }
}
