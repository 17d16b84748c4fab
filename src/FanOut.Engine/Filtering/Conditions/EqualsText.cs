namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>"text"</c> and <c>{"exactly": "text"}</c>: precisely this string.</summary>
internal sealed class EqualsText(byte[] text) : ValueCondition
{
    /// <summary>The string, UTF-8.</summary>
    public byte[] Text => text;

    public override ScalarKind? Kind => ScalarKind.Text;

    public override bool Holds(in Scalar value) => value.Kind == ScalarKind.Text && value.Text.SequenceEqual(text);
}
