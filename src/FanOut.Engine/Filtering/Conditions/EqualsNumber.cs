namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>300</c>: this number, however it is written: 300.0 and 3.0e2 are the same.</summary>
internal sealed class EqualsNumber(byte[] number) : ValueCondition
{
    public override ScalarKind? Kind => ScalarKind.Number;

    public override bool Holds(in Scalar value) =>
        value.Kind == ScalarKind.Number && (value.Text.SequenceEqual(number) || new JsonNumber(value.Text).CompareTo(new JsonNumber(number)) == 0);
}
