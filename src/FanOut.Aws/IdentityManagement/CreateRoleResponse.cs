using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>The new role; it can be assumed some seconds later.</summary>
public sealed class CreateRoleResponse : AmazonWebServiceResponse
{
    /// <summary>The role.</summary>
    public Role? Role { get; set; }
}
