using System.Text;
using FanOut.Engine.Filtering.Conditions;
using FanOut.Engine.Filtering.Syntax;

namespace FanOut.Engine.Filtering.Shapes;

/// <summary>Finds what of a pattern no record of a source can ever match.</summary>
internal static class Unmatchable
{
    /// <summary>Looks at each of a pattern's alternatives.</summary>
    /// <param name="alternatives">The pattern.</param>
    /// <param name="records">The shape of the source's records.</param>
    /// <param name="isWhole">Whether none of the alternatives can ever match.</param>
    /// <returns>Why the first of them never does: where, and what is there; null: each may match.</returns>
    public static string? Find(IReadOnlyList<Alternative> alternatives, FieldShape records, out bool isWhole)
    {
        string? first = null;
        isWhole = true;
        foreach (Alternative alternative in alternatives)
        {
            string? why = alternative.Fields.Select(f => Find(f, records)).FirstOrDefault(static w => w is not null);
            first ??= why;
            isWhole &= why is not null;
        }

        return first;
    }

    private static string? Find(PatternField field, FieldShape records)
    {
        FieldShape shape = records;
        for (int i = 0; i < field.Path.Count; i++)
        {
            if (shape.Find(field.Path[i]) is not { } next)
            {
                // What is never there is as {"exists": false} asks.
                return field.MayBeAbsent ? null : $"at {string.Join('.', field.Path.Take(i + 1))} there is never anything: {NamesOf(shape, field.Path.Take(i))}";
            }

            shape = next;
        }

        if ((field.MayBeAbsent && !shape.IsAlwaysThere) || Array.Exists(field.Conditions, c => CanHold(c, shape)))
        {
            return null;
        }

        string hint = shape.Hint is null ? "" : $" ({shape.Hint})";
        return $"at {string.Join('.', field.Path)} {ValueOf(shape)}{hint}";
    }

    private static bool CanHold(ValueCondition condition, FieldShape shape) =>
        Array.Exists(shape.Kinds, kind => (condition.Kind ?? kind) == kind && CanHold(condition, kind, shape));

    private static bool CanHold(ValueCondition condition, ScalarKind kind, FieldShape shape)
    {
        if (shape.Values is null || Array.Exists(shape.Values, v => condition.Holds(new Scalar(kind, Encoding.UTF8.GetBytes(v)))))
        {
            return true;
        }

        // Of other conditions than equality it is not found out whether a value exists that begins so.
        return shape.Prefix is { } prefix && (condition is not EqualsText { Text: var text } || text.AsSpan().StartsWith(Encoding.UTF8.GetBytes(prefix)));
    }

    private static string NamesOf(FieldShape shape, IEnumerable<string> path) => shape.Fields is { } fields
        ? $"there {(fields.Count == 1 ? "is" : "are")} {string.Join(", ", fields.Keys)}{(shape.Hint is null ? "" : $" ({shape.Hint})")}"
        : shape.Hint ?? $"{string.Join('.', path)} is a value, which has no fields";

    private static string ValueOf(FieldShape shape) => shape switch
    {
        { Values: { } values } => $"there is only {string.Join(", ", values.Select(static v => $"'{v}'"))}",
        { Kinds: [] } => shape.Fields is null && shape.Others is null ? "there is never anything" : "there is an object: ask for its fields",
        { Kinds: [ScalarKind.Text] } => "there is always a string",
        { Kinds: [ScalarKind.Number] } => "there is always a number",
        _ => "there is always a string or null",
    };
}
