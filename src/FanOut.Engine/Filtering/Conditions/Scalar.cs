namespace FanOut.Engine.Filtering.Conditions;

/// <summary>A value of an event that has no parts.</summary>
/// <param name="kind">What it is.</param>
/// <param name="text">A string's content without quotes and escapes; of all others the JSON as it stands.</param>
internal readonly ref struct Scalar(ScalarKind kind, ReadOnlySpan<byte> text)
{
    /// <summary>What it is.</summary>
    public ScalarKind Kind { get; } = kind;

    /// <summary>Its UTF-8.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;
}
