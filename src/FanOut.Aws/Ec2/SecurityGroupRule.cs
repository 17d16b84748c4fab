namespace FanOut.Aws.Ec2;

/// <summary>What a security group lets in or out.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html</remarks>
public sealed class SecurityGroupRule
{
    /// <summary><c>tcp</c>, <c>udp</c>, a number, or <c>-1</c> for all.</summary>
    public string? IpProtocol { get; set; }

    /// <summary>The first port; null: all.</summary>
    public int? FromPort { get; set; }

    /// <summary>The last port; null: all.</summary>
    public int? ToPort { get; set; }

    /// <summary>The security groups that it is about.</summary>
    public List<string>? GroupIds { get; set; }

    /// <summary>The addresses that it is about: <c>10.0.0.0/16</c>, also of IPv6.</summary>
    public List<string>? CidrBlocks { get; set; }

    /// <summary>The lists of addresses that it is about: <c>pl-0a1b2c3d</c>.</summary>
    public List<string>? PrefixListIds { get; set; }
}
