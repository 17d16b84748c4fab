using Amazon.Runtime;

namespace FanOut.Aws.Ec2;

/// <summary>A page of security groups.</summary>
public sealed class DescribeSecurityGroupsResponse : AmazonWebServiceResponse
{
    /// <summary>The security groups.</summary>
    public List<SecurityGroup>? SecurityGroups { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextToken { get; set; }
}
