namespace FanOut.Engine.Filtering.Syntax;

/// <summary>One of the ways in which an event can match: fields that must all be as asked. Without <c>$or</c> a pattern has one.</summary>
internal sealed class Alternative
{
    private readonly Dictionary<string, PatternField> _fields;

    public Alternative() => _fields = new(StringComparer.Ordinal);

    private Alternative(Alternative other) => _fields = new(other._fields, StringComparer.Ordinal);

    /// <summary>The fields, no two of the same path.</summary>
    public IReadOnlyCollection<PatternField> Fields => _fields.Values;

    /// <summary>Another that asks for the same.</summary>
    public Alternative Copy() => new(this);

    /// <summary>Asks for one more field. What was asked of that path before, outside of the <c>$or</c> for example, is asked no longer.</summary>
    public void Ask(PatternField field) => _fields[Key(field.Path)] = field;

    // Names may contain anything; their lengths keep ["a", "b"] and ["a,b"] apart.
    private static string Key(IReadOnlyList<string> path) => string.Concat(path.Select(static n => $"{n.Length},{n}"));
}
