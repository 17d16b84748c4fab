namespace FanOut.Aws.Ec2;

/// <summary>A subnet.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html</remarks>
public sealed class Subnet
{
    /// <summary>Its id.</summary>
    public string? SubnetId { get; set; }

    /// <summary>The VPC that it is in.</summary>
    public string? VpcId { get; set; }

    /// <summary>Its addresses: <c>10.0.1.0/24</c>.</summary>
    public string? CidrBlock { get; set; }

    /// <summary>Its zone: <c>eu-west-1a</c>.</summary>
    public string? AvailabilityZone { get; set; }

    /// <summary>Its tags by their keys; <c>Name</c> is what consoles show.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}
