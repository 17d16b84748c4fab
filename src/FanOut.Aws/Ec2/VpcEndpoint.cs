namespace FanOut.Aws.Ec2;

/// <summary>A VPC endpoint: a way from a VPC to a service without the internet.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcEndpoint.html</remarks>
public sealed class VpcEndpoint
{
    /// <summary>Its id.</summary>
    public string? VpcEndpointId { get; set; }

    /// <summary><c>Interface</c>, <c>Gateway</c>, or one of others for services that are not AWS's.</summary>
    public string? VpcEndpointType { get; set; }

    /// <summary>The service: <c>com.amazonaws.eu-west-1.sqs</c>.</summary>
    public string? ServiceName { get; set; }

    /// <summary><c>available</c>, <c>pending</c> …; the model and the documentation differ in their case.</summary>
    public string? State { get; set; }

    /// <summary>Of a gateway: the route tables that lead to it.</summary>
    public List<string>? RouteTableIds { get; set; }

    /// <summary>Of an interface: whether the service's usual host name leads to it within the VPC.</summary>
    public bool? PrivateDnsEnabled { get; set; }
}
