namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>{"exists": true}</c>: any value that is not an object or array, also <c>null</c>.</summary>
internal sealed class Exists : ValueCondition
{
    public override ScalarKind? Kind => null;

    public override bool Holds(in Scalar value) => true;
}
