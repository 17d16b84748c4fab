namespace FanOut.Aws.IdentityManagement;

/// <summary>Detaches a managed policy from a role.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html</remarks>
public sealed class DetachRolePolicyRequest
{
    /// <summary>The role's name, without its path.</summary>
    public required string RoleName { get; set; }

    /// <summary>ARN of the managed policy.</summary>
    public required string PolicyArn { get; set; }
}
