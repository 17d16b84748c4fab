namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>"2001:db8::1"</c>: this address of IPv6, however it is written: 2001:DB8:0:0:0:0:0:1 is the same.</summary>
internal sealed class EqualsAddress(IpAddress address) : ValueCondition
{
    public override ScalarKind? Kind => ScalarKind.Text;

    public override bool Holds(in Scalar value) =>
        value.Kind == ScalarKind.Text && IpAddress.TryParse(value.Text, out IpAddress other) && other == address;
}
