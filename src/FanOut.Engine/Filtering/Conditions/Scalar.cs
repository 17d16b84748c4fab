namespace FanOut.Engine.Filtering.Conditions;

/// <summary>A value of an event that is neither an object nor an array.</summary>
/// <param name="kind">String, number or literal.</param>
/// <param name="text">A string's content without quotes and escapes; of a number or a literal the JSON text itself.</param>
internal readonly ref struct Scalar(ScalarKind kind, ReadOnlySpan<byte> text)
{
    /// <summary>String, number or literal.</summary>
    public ScalarKind Kind { get; } = kind;

    /// <summary>A string's content without quotes and escapes; of a number or a literal the JSON text itself.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;
}
