namespace FanOut.Aws.IdentityManagement;

/// <summary>Replaces the trust policy of a role: who may assume it.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html</remarks>
public sealed class UpdateAssumeRolePolicyRequest
{
    /// <summary>The role's name, without its path.</summary>
    public required string RoleName { get; set; }

    /// <summary>The trust policy as JSON; replaces the one it has.</summary>
    public required string PolicyDocument { get; set; }
}
