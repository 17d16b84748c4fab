using Amazon.Runtime;

namespace FanOut.Aws.CloudWatch;

/// <summary>The dashboards are gone.</summary>
public sealed class DeleteDashboardsResponse : AmazonWebServiceResponse;
