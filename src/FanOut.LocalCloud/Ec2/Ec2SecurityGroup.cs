namespace FanOut.LocalCloud.Ec2;

/// <summary>A security group of the cloud's account, in every region.</summary>
/// <param name="Id">Its id, <c>sg-0a1b2c3d</c>.</param>
/// <param name="VpcId">The VPC that it belongs to.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
public sealed record Ec2SecurityGroup(string Id, string VpcId, string Name, string Description)
{
    /// <summary>What it lets in; nothing by default.</summary>
    public IReadOnlyList<Ec2SecurityRule> Ingress { get; init; } = [];

    /// <summary>What it lets out; everything by default.</summary>
    public IReadOnlyList<Ec2SecurityRule> Egress { get; init; } = [Ec2SecurityRule.Everything];
}
