namespace FanOut.Engine.Filtering.Syntax;

/// <summary>What a pattern asks of an object: all of its fields, and one alternative of each <c>$or</c>.</summary>
/// <param name="Fields">The fields.</param>
/// <param name="Alternatives">The objects of <c>$or</c>; empty: there is none.</param>
internal sealed record PatternNode(IReadOnlyList<PatternField> Fields, IReadOnlyList<PatternNode> Alternatives)
{
    /// <summary>Whether it holds for an object without any of the fields.</summary>
    public bool HoldsWhenAbsent =>
        Fields.All(static f => f.HoldsWhenAbsent) && (Alternatives.Count == 0 || Alternatives.Any(static a => a.HoldsWhenAbsent));

    /// <summary>The names of all fields, those of alternatives among them.</summary>
    public IEnumerable<string> Names => Fields.Select(static f => f.Name).Concat(Alternatives.SelectMany(static a => a.Names));
}
