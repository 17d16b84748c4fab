using Amazon.Runtime;

namespace FanOut.Aws.CloudWatch;

/// <summary>The dashboard is there.</summary>
public sealed class PutDashboardResponse : AmazonWebServiceResponse
{
    /// <summary>What of it CloudWatch does not understand, each with its place; it is made all the same.</summary>
    public List<string>? Messages { get; set; }
}
