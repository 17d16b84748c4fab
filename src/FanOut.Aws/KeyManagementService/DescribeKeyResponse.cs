using Amazon.Runtime;

namespace FanOut.Aws.KeyManagementService;

/// <summary>A key.</summary>
public sealed class DescribeKeyResponse : AmazonWebServiceResponse
{
    /// <summary>The key.</summary>
    public KeyMetadata? KeyMetadata { get; set; }
}
