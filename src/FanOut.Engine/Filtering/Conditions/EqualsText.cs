namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>"text"</c>: precisely this string.</summary>
internal sealed class EqualsText(byte[] text) : ValueCondition
{
    public override bool Holds(in Scalar value) => value.Kind == ScalarKind.Text && value.Text.SequenceEqual(text);
}
