namespace FanOut.LocalCloud.Ec2;

/// <summary>A subnet of the cloud's account, in the region that its zone begins with.</summary>
/// <param name="Id">Its id, <c>subnet-0a1b2c3d</c>.</param>
/// <param name="VpcId">The VPC that it is in.</param>
/// <param name="CidrBlock">Its addresses.</param>
/// <param name="AvailabilityZone">Its zone, <c>us-east-1a</c>.</param>
public sealed record Ec2Subnet(string Id, string VpcId, string CidrBlock, string AvailabilityZone)
{
    /// <summary>The value of its tag Name; null for none.</summary>
    public string? Name { get; init; }
}
