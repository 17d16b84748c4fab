namespace FanOut.Aws.OpenSearchServerless;

/// <summary>A VPC endpoint of OpenSearch Serverless.</summary>
/// <remarks>https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_VpcEndpointDetail.html</remarks>
public sealed class VpcEndpointDetail
{
    /// <summary>Its id.</summary>
    public string? Id { get; set; }

    /// <summary>The VPC in which it is.</summary>
    public string? VpcId { get; set; }

    /// <summary><c>PENDING</c>, <c>DELETING</c>, <c>ACTIVE</c> or <c>FAILED</c>.</summary>
    public string? Status { get; set; }
}
