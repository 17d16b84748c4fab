namespace FanOut.Engine.Templates;

/// <summary>A value of the record that a template writes, once or several times.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Node">Fields: which of the places noted when the JSON was read; else -1.</param>
/// <param name="Rest">Fields: the steps from the first <c>*</c> on, which is the first of them; empty: there is none.</param>
internal readonly record struct TemplateValue(ValueKind Kind, int Node, ReadOnlyMemory<PathStep> Rest);
