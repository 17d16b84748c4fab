namespace FanOut.Aws.IdentityManagement;

/// <summary>Deletes a role, which must have no policies left, inline or attached.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html</remarks>
public sealed class DeleteRoleRequest
{
    /// <summary>The role's name, without its path.</summary>
    public required string RoleName { get; set; }
}
