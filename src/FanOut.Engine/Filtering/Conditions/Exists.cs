namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>{"exists": true}</c>: any value without parts, <c>null</c> among them.</summary>
internal sealed class Exists : ValueCondition
{
    public override ScalarKind? Kind => null;

    public override bool Holds(in Scalar value) => true;
}
