namespace FanOut.Aws.IdentityManagement;

/// <summary>Gives a role an inline policy, or replaces the one of that name.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html</remarks>
public sealed class PutRolePolicyRequest
{
    /// <summary>The role's name, without its path.</summary>
    public required string RoleName { get; set; }

    /// <summary>The policy's name, unique within the role.</summary>
    public required string PolicyName { get; set; }

    /// <summary>
    /// The policy as JSON; all of a role's inline policies together have at most 10,240 characters, blanks not counted.
    /// </summary>
    public required string PolicyDocument { get; set; }
}
