namespace FanOut.Aws.CloudWatch;

/// <summary>Makes a dashboard, or puts all of it.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html</remarks>
public sealed class PutDashboardRequest
{
    /// <summary>Its name, unique in the account: letters, digits, hyphens and underscores, up to 255.</summary>
    public required string DashboardName { get; set; }

    /// <summary>Its widgets, as JSON: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html</summary>
    public required string DashboardBody { get; set; }
}
