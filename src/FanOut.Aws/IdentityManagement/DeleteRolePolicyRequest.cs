namespace FanOut.Aws.IdentityManagement;

/// <summary>Deletes an inline policy of a role.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html</remarks>
public sealed class DeleteRolePolicyRequest
{
    /// <summary>The role's name, without its path.</summary>
    public required string RoleName { get; set; }

    /// <summary>The policy's name, unique within the role.</summary>
    public required string PolicyName { get; set; }
}
