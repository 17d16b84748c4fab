namespace FanOut.Aws.IdentityManagement;

/// <summary>Attaches a managed policy to a role; no error if it is attached already.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html</remarks>
public sealed class AttachRolePolicyRequest
{
    /// <summary>The role's name, without its path.</summary>
    public required string RoleName { get; set; }

    /// <summary>ARN of the managed policy.</summary>
    public required string PolicyArn { get; set; }
}
