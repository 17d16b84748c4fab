using Amazon.Runtime;

namespace FanOut.Aws.Ec2;

/// <summary>A page of VPC endpoints.</summary>
public sealed class DescribeVpcEndpointsResponse : AmazonWebServiceResponse
{
    /// <summary>The endpoints.</summary>
    public List<VpcEndpoint>? VpcEndpoints { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextToken { get; set; }
}
