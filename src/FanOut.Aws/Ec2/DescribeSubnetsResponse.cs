using Amazon.Runtime;

namespace FanOut.Aws.Ec2;

/// <summary>A page of subnets.</summary>
public sealed class DescribeSubnetsResponse : AmazonWebServiceResponse
{
    /// <summary>The subnets.</summary>
    public List<Subnet>? Subnets { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextToken { get; set; }
}
