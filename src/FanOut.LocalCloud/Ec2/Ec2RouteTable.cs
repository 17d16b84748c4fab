namespace FanOut.LocalCloud.Ec2;

/// <summary>A route table of the cloud's account, in every region.</summary>
/// <param name="Id">Its id, <c>rtb-0a1b2c3d</c>.</param>
/// <param name="VpcId">The VPC that it belongs to.</param>
public sealed record Ec2RouteTable(string Id, string VpcId)
{
    /// <summary>Whether it is the one of all subnets that have none of their own.</summary>
    public bool IsMain { get; init; } = true;

    /// <summary>The subnets that have it as their own.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <summary>Its routes: what gets the packets to some addresses, such as <c>nat-1</c> those to <c>0.0.0.0/0</c>. Its VPC's own addresses go without saying.</summary>
    public IReadOnlyDictionary<string, string> Routes { get; init; } = new Dictionary<string, string>();
}
