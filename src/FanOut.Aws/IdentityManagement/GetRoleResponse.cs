using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>A role.</summary>
public sealed class GetRoleResponse : AmazonWebServiceResponse
{
    /// <summary>The role.</summary>
    public Role? Role { get; set; }
}
