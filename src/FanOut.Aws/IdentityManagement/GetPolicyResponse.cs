using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>A managed policy.</summary>
public sealed class GetPolicyResponse : AmazonWebServiceResponse
{
    /// <summary>The policy.</summary>
    public ManagedPolicy? Policy { get; set; }
}
