using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>A version of a managed policy.</summary>
public sealed class GetPolicyVersionResponse : AmazonWebServiceResponse
{
    /// <summary>The version, with its document.</summary>
    public PolicyVersion? PolicyVersion { get; set; }
}
