namespace FanOut.Engine.Templates;

/// <summary>A text that a target needs of each payload besides its data and key.</summary>
/// <param name="Name">What it is, as the mapping's attribute is named: <c>deduplicationId</c>.</param>
/// <param name="Template">What it is made of, a template of text.</param>
/// <param name="WhenEmpty">The failure's code of a payload of which it is empty, such as <c>NoDeduplicationId</c>; null: it may be empty.</param>
public readonly record struct TextTemplate(string Name, RecordTransform Template, string? WhenEmpty)
{
    /// <summary>Whether it counts as empty, too, where one of its values is missing, null or an empty text. Default: false, only where all of it is empty.</summary>
    public bool NeedsAllValues { get; init; }
}
