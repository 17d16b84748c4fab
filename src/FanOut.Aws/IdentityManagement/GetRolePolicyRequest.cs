namespace FanOut.Aws.IdentityManagement;

/// <summary>Asks for an inline policy of a role.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html</remarks>
public sealed class GetRolePolicyRequest
{
    /// <summary>The role's name, without its path.</summary>
    public required string RoleName { get; set; }

    /// <summary>The policy's name, unique within the role.</summary>
    public required string PolicyName { get; set; }
}
