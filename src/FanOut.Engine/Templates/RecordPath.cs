using System.Buffers;
using System.Globalization;

namespace FanOut.Engine.Templates;

/// <summary>A path into a record, in the part of JSONPath that EventBridge understands: <c>$.data.items[0].name</c>, <c>$.data.items[*].name</c>.</summary>
/// <remarks>
/// Dots and names, positions from 0, and <c>*</c> for all elements; what it is that names may consist of AWS does not say exactly, so all is taken that
/// cannot be mistaken. <see href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html"/>.
/// </remarks>
internal static class RecordPath
{
    /// <summary>How long a path may be, in characters, as an input path of EventBridge.</summary>
    public const int MaxLength = 256;

    /// <summary>How many steps it may have.</summary>
    public const int MaxSteps = 32;

    private static readonly SearchValues<char> Special = SearchValues.Create(".[]<>\"*$ \t\r\n");

    /// <summary>Reads a path.</summary>
    /// <param name="text">The path, with or without <c>$.</c> before it.</param>
    /// <returns>Its steps, the first of them a name.</returns>
    /// <exception cref="InvalidTransformException">It is no path.</exception>
    public static PathStep[] Read(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new InvalidTransformException($"has a path of {text.Length} characters, {MaxLength} are allowed");
        }

        ReadOnlySpan<char> rest = text.StartsWith("$.", StringComparison.Ordinal) ? text.AsSpan(2) : text;
        var steps = new List<PathStep> { new(Name(text, ref rest)) };
        while (!rest.IsEmpty)
        {
            steps.Add(Step(text, ref rest));
            if (steps.Count > MaxSteps)
            {
                throw new InvalidTransformException($"has the path '{text}', which is longer than {MaxSteps} steps");
            }
        }

        return [.. steps];
    }

    private static PathStep Step(string text, ref ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith(".*") || rest.StartsWith("[*]"))
        {
            rest = rest[(rest[0] == '.' ? 2 : 3)..];
            return PathStep.All;
        }

        if (rest[0] == '.')
        {
            rest = rest[1..];
            return new PathStep(Name(text, ref rest));
        }

        int end = rest[0] == '[' ? rest.IndexOf(']') : -1;
        if (end < 0 || !int.TryParse(rest[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            throw Invalid(text);
        }

        rest = rest[(end + 1)..];
        return new PathStep(index);
    }

    private static string Name(string text, ref ReadOnlySpan<char> rest)
    {
        int length = rest.IndexOfAny(Special) is var end and >= 0 ? end : rest.Length;
        if (length == 0)
        {
            throw Invalid(text);
        }

        string name = rest[..length].ToString();
        rest = rest[length..];
        return name;
    }

    private static InvalidTransformException Invalid(string text) =>
        new($"has the path '{text}'; a path has the form $.data.items[0].name, with [*] or .* for all elements");
}
