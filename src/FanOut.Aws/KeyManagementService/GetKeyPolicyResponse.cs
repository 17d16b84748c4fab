using Amazon.Runtime;

namespace FanOut.Aws.KeyManagementService;

/// <summary>Who may use a key.</summary>
public sealed class GetKeyPolicyResponse : AmazonWebServiceResponse
{
    /// <summary>The policy as JSON.</summary>
    public string? Policy { get; set; }
}
