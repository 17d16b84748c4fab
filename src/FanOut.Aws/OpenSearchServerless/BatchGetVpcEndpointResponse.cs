using Amazon.Runtime;

namespace FanOut.Aws.OpenSearchServerless;

/// <summary>VPC endpoints; those that do not exist are not among them.</summary>
public sealed class BatchGetVpcEndpointResponse : AmazonWebServiceResponse
{
    /// <summary>The endpoints.</summary>
    public List<VpcEndpointDetail>? VpcEndpointDetails { get; set; }
}
