namespace FanOut.Aws.Ec2;

/// <summary>A security group.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html</remarks>
public sealed class SecurityGroup
{
    /// <summary>Its id.</summary>
    public string? GroupId { get; set; }

    /// <summary>Its name, unique in its VPC.</summary>
    public string? GroupName { get; set; }

    /// <summary>The VPC that it belongs to.</summary>
    public string? VpcId { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>What it lets in.</summary>
    public List<SecurityGroupRule>? Ingress { get; set; }

    /// <summary>What it lets out.</summary>
    public List<SecurityGroupRule>? Egress { get; set; }
}
