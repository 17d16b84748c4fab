namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>true</c>, <c>false</c> or <c>null</c>.</summary>
internal sealed class EqualsLiteral(byte[] literal) : ValueCondition
{
    public override ScalarKind? Kind => ScalarKind.Literal;

    public override bool Holds(in Scalar value) => value.Kind == ScalarKind.Literal && value.Text.SequenceEqual(literal);
}
