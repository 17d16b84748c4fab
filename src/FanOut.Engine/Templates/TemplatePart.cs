namespace FanOut.Engine.Templates;

/// <summary>A piece of a template: text that is always the same, or a value of the record.</summary>
/// <param name="Literal">The text, UTF-8; empty: it is a value.</param>
/// <param name="Value">The value, by its position among the transform's values.</param>
/// <param name="Place">Where it stands.</param>
internal readonly record struct TemplatePart(ReadOnlyMemory<byte> Literal, int Value, Place Place)
{
    /// <summary>Whether it is text.</summary>
    public bool IsLiteral => !Literal.IsEmpty;
}
