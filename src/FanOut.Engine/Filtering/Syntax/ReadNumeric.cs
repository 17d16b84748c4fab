using System.Text;
using System.Text.Json;
using FanOut.Engine.Filtering.Conditions;

namespace FanOut.Engine.Filtering.Syntax;

/// <summary>Reads the operand of <c>numeric</c>: <c>["=", 5]</c>, or one or two bounds, <c>["&gt;", 0, "&lt;=", 5]</c>.</summary>
internal static class ReadNumeric
{
    /// <summary>Reads the condition.</summary>
    public static IsInRange Of(JsonElement operand, string path)
    {
        if (operand.ValueKind != JsonValueKind.Array || operand.GetArrayLength() is not (2 or 4))
        {
            throw new InvalidPatternException(path, "comparisons with their numbers are expected, as [\"=\", 5] or [\">\", 0, \"<=\", 5]");
        }

        var bounds = new Bound[operand.GetArrayLength() / 2];
        for (int i = 0; i < bounds.Length; i++)
        {
            bounds[i] = BoundAt(operand, 2 * i, path);
        }

        if (bounds.Length == 2)
        {
            Check(bounds, path);
        }

        return new IsInRange(bounds);
    }

    private static Bound BoundAt(JsonElement operand, int index, string path)
    {
        JsonElement comparison = operand[index], number = operand[index + 1];
        Comparison? known = comparison.ValueKind != JsonValueKind.String ? null : comparison.GetString() switch
        {
            "=" => Comparison.Equal,
            "<" => Comparison.Less,
            "<=" => Comparison.LessOrEqual,
            ">" => Comparison.Greater,
            ">=" => Comparison.GreaterOrEqual,
            _ => null,
        };
        if (known is null)
        {
            throw new InvalidPatternException($"{path}[{index}]", "one of \"=\", \"<\", \"<=\", \">\" and \">=\" is expected");
        }

        return number.ValueKind == JsonValueKind.Number
            ? new Bound(known.Value, Encoding.ASCII.GetBytes(number.GetRawText()))
            : throw new InvalidPatternException($"{path}[{index + 1}]", "a number is expected");
    }

    private static void Check(Bound[] bounds, string path)
    {
        Bound? lower = Array.Find(bounds, static b => b.IsLower), upper = Array.Find(bounds, static b => b.IsUpper);
        if (lower is null || upper is null)
        {
            throw new InvalidPatternException(path, "two comparisons are a lower and an upper bound");
        }

        if (lower.Number.CompareTo(upper.Number) >= 0)
        {
            throw new InvalidPatternException(path, "the lower bound must be less than the upper");
        }
    }
}
