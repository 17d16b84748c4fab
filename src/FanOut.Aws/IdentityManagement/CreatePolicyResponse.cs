using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>The policy that was made.</summary>
public sealed class CreatePolicyResponse : AmazonWebServiceResponse
{
    /// <summary>The policy.</summary>
    public ManagedPolicy? Policy { get; set; }
}
