using Amazon.Runtime;

namespace FanOut.Aws.CloudWatch;

/// <summary>A dashboard.</summary>
public sealed class GetDashboardResponse : AmazonWebServiceResponse
{
    /// <summary>Its ARN, which has no region: dashboards belong to the account.</summary>
    public string? DashboardArn { get; set; }

    /// <summary>Its widgets, as JSON.</summary>
    public string? DashboardBody { get; set; }
}
