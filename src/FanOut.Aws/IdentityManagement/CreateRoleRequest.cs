namespace FanOut.Aws.IdentityManagement;

/// <summary>Makes a role.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html</remarks>
public sealed class CreateRoleRequest
{
    /// <summary>Its name, 1 to 64 letters, digits and <c>+=,.@-_</c>; unique in the account, whatever its case.</summary>
    public required string RoleName { get; set; }

    /// <summary>Who may assume it: the trust policy as JSON.</summary>
    public required string AssumeRolePolicyDocument { get; set; }

    /// <summary>Its path, with slashes at both ends. Default: <c>/</c>.</summary>
    public string? Path { get; set; }

    /// <summary>Its description, at most 1000 characters.</summary>
    public string? Description { get; set; }

    /// <summary>How long a session may last, in seconds, 3600 to 43,200. Default: 3600.</summary>
    public int? MaxSessionDuration { get; set; }

    /// <summary>ARN of the managed policy that bounds its permissions. Default: none.</summary>
    public string? PermissionsBoundary { get; set; }

    /// <summary>Its tags, at most 50.</summary>
    public List<Tag>? Tags { get; set; }
}
