namespace FanOut.Engine.Filtering.Conditions;

/// <summary><c>{"cidr": "10.0.0.0/24"}</c>: a string that is an address of this network.</summary>
internal sealed class IsInNetwork(IpNetwork network) : ValueCondition
{
    public override ScalarKind? Kind => ScalarKind.Text;

    public override bool Holds(in Scalar value) =>
        value.Kind == ScalarKind.Text && IpAddress.TryParse(value.Text, out IpAddress address) && network.Contains(address);
}
