namespace FanOut.Aws.CloudWatch;

/// <summary>Asks for a dashboard.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetDashboard.html</remarks>
public sealed class GetDashboardRequest
{
    /// <summary>Its name.</summary>
    public required string DashboardName { get; set; }
}
