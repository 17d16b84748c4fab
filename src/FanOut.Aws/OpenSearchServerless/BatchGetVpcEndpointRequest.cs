namespace FanOut.Aws.OpenSearchServerless;

/// <summary>Asks for VPC endpoints.</summary>
/// <remarks>https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_BatchGetVpcEndpoint.html</remarks>
public sealed class BatchGetVpcEndpointRequest
{
    /// <summary>Their ids.</summary>
    public required IReadOnlyList<string> Ids { get; set; }
}
