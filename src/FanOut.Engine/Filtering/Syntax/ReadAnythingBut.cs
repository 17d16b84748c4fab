using System.Text.Json;
using FanOut.Engine.Filtering.Conditions;

namespace FanOut.Engine.Filtering.Syntax;

/// <summary>Reads the operand of <c>anything-but</c>: strings or numbers, or a condition on strings.</summary>
internal static class ReadAnythingBut
{
    /// <summary>Reads the condition.</summary>
    public static IsNoneOf Of(JsonElement operand, string path)
    {
        if (operand.ValueKind != JsonValueKind.Object)
        {
            return new IsNoneOf(Each(operand, path, static (value, at) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number
                ? ReadConditions.Value(value, at)
                : throw new InvalidPatternException(at, "a string or a number is expected")));
        }

        (string name, JsonElement inner) = ReadConditions.Operator(operand, path);
        path += "." + name;
        return name is "prefix" or "suffix" or "equals-ignore-case" or "wildcard"
            ? new IsNoneOf(Each(inner, path, (value, at) => value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0 && name is "prefix" or "suffix"
                ? throw new InvalidPatternException(at, "an empty text would exclude every string")
                : ReadConditions.TextCondition(name, value, at)))
            : throw new InvalidPatternException(path, "only prefix, suffix, equals-ignore-case and wildcard can stand here");
    }

    private static ValueCondition[] Each(JsonElement operand, string path, Func<JsonElement, string, ValueCondition> read)
    {
        if (operand.ValueKind != JsonValueKind.Array)
        {
            return [read(operand, path)];
        }

        if (operand.GetArrayLength() == 0 || operand.EnumerateArray().Select(static v => v.ValueKind).Distinct().Skip(1).Any())
        {
            throw new InvalidPatternException(path, "a list of strings, or a list of numbers, is expected");
        }

        return [.. operand.EnumerateArray().Select((value, i) => read(value, $"{path}[{i}]"))];
    }
}
