namespace FanOut.Aws.IdentityManagement;

/// <summary>Asks for a role.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html</remarks>
public sealed class GetRoleRequest
{
    /// <summary>The role's name, without its path.</summary>
    public required string RoleName { get; set; }
}
