namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>{"equals-ignore-case": "text"}</c>.</summary>
internal sealed class EqualsIgnoreCase(byte[] text) : ValueCondition
{
    public override ScalarKind? Kind => ScalarKind.Text;

    public override bool Holds(in Scalar value) =>
        value.Kind == ScalarKind.Text && IgnoreCase.StartsWith(value.Text, text, out int length) && length == value.Text.Length;
}
