namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>{"suffix": "text"}</c> and <c>{"suffix": {"equals-ignore-case": "text"}}</c>.</summary>
internal sealed class EndsWith(byte[] text, bool ignoreCase) : ValueCondition
{
    public override ScalarKind? Kind => ScalarKind.Text;

    public override bool Holds(in Scalar value) =>
        value.Kind == ScalarKind.Text && (ignoreCase ? IgnoreCase.EndsWith(value.Text, text) : value.Text.EndsWith(text));
}
