namespace FanOut.Engine.Filtering.Syntax;

/// <summary>What a pattern asks of an object: all of its fields, and one alternative of each <c>$or</c>.</summary>
/// <param name="fields">The fields.</param>
/// <param name="alternatives">The objects of <c>$or</c>; empty: there is none.</param>
internal sealed class PatternNode(IReadOnlyList<PatternField> fields, IReadOnlyList<PatternNode> alternatives)
{
    /// <summary>The fields.</summary>
    public IReadOnlyList<PatternField> Fields => fields;

    /// <summary>The objects of <c>$or</c>; empty: there is none.</summary>
    public IReadOnlyList<PatternNode> Alternatives => alternatives;

    /// <summary>Whether it holds for an object without any of the fields.</summary>
    public bool HoldsWhenAbsent =>
        Fields.All(static f => f.HoldsWhenAbsent) && (Alternatives.Count == 0 || Alternatives.Any(static a => a.HoldsWhenAbsent));

    /// <summary>The names of all fields, those of alternatives among them.</summary>
    public IEnumerable<string> Names => Fields.Select(static f => f.Name).Concat(Alternatives.SelectMany(static a => a.Names));
}
