namespace FanOut.Aws.Lambda;

/// <summary>The VPC that a function is connected to.</summary>
public sealed class VpcConfigDetail
{
    /// <summary>Ids of the subnets.</summary>
    public List<string>? SubnetIds { get; set; }

    /// <summary>Ids of the security groups.</summary>
    public List<string>? SecurityGroupIds { get; set; }

    /// <summary>Id of the VPC; empty: none.</summary>
    public string? VpcId { get; set; }

    /// <summary>Whether the function has addresses of IPv6 too, in subnets that have them.</summary>
    public bool? Ipv6AllowedForDualStack { get; set; }
}
