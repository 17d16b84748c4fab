namespace FanOut.Aws.Ec2;

/// <summary>A route table: where the packets of its subnets go.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RouteTable.html</remarks>
public sealed class RouteTable
{
    /// <summary>Its id.</summary>
    public string? RouteTableId { get; set; }

    /// <summary>The VPC that it belongs to.</summary>
    public string? VpcId { get; set; }

    /// <summary>Whether it is the one of all subnets of the VPC that have none of their own.</summary>
    public bool IsMain { get; set; }

    /// <summary>The subnets that have it as their own.</summary>
    public List<string>? SubnetIds { get; set; }

    /// <summary>Its routes.</summary>
    public List<Route>? Routes { get; set; }
}
