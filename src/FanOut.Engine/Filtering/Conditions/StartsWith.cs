namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>{"prefix": "text"}</c> and <c>{"prefix": {"equals-ignore-case": "text"}}</c>.</summary>
internal sealed class StartsWith(byte[] text, bool ignoreCase) : ValueCondition
{
    public override ScalarKind? Kind => ScalarKind.Text;

    public override bool Holds(in Scalar value) =>
        value.Kind == ScalarKind.Text && (ignoreCase ? IgnoreCase.StartsWith(value.Text, text, out _) : value.Text.StartsWith(text));
}
