namespace FanOut.Aws.IdentityManagement;

/// <summary>The managed policy that bounds what a role may do, whatever its other policies allow.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachedPermissionsBoundary.html</remarks>
public sealed class AttachedPermissionsBoundary
{
    /// <summary><c>PermissionsBoundaryPolicy</c>.</summary>
    public string? PermissionsBoundaryType { get; set; }

    /// <summary>ARN of the policy.</summary>
    public string? PermissionsBoundaryArn { get; set; }
}
