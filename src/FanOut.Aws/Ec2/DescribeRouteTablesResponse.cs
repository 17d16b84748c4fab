using Amazon.Runtime;

namespace FanOut.Aws.Ec2;

/// <summary>A page of route tables.</summary>
public sealed class DescribeRouteTablesResponse : AmazonWebServiceResponse
{
    /// <summary>The route tables.</summary>
    public List<RouteTable>? RouteTables { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextToken { get; set; }
}
