namespace FanOut.Aws.Ec2;

/// <summary>Asks for a page of the region's route tables.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html</remarks>
public sealed class DescribeRouteTablesRequest
{
    /// <summary>Only those that every one of these lets through. Default: all.</summary>
    public List<NetworkFilter>? Filters { get; set; }

    /// <summary>How many a page may have, 5 to 100. Default: the service's choice.</summary>
    public int? MaxResults { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="DescribeRouteTablesResponse.NextToken"/>.</summary>
    public string? NextToken { get; set; }
}
