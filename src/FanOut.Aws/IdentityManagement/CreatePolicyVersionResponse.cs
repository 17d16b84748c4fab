using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>The version that was made.</summary>
public sealed class CreatePolicyVersionResponse : AmazonWebServiceResponse
{
    /// <summary>The version, without its document.</summary>
    public PolicyVersion? PolicyVersion { get; set; }
}
