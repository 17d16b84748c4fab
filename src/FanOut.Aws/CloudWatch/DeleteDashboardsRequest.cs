namespace FanOut.Aws.CloudWatch;

/// <summary>Deletes dashboards.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteDashboards.html</remarks>
public sealed class DeleteDashboardsRequest
{
    /// <summary>Their names.</summary>
    public required List<string> DashboardNames { get; set; }
}
