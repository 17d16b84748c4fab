namespace FanOut.Aws.IdentityManagement;

/// <summary>A role; members that the answer does not have are null.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html</remarks>
public sealed class Role
{
    /// <summary>Its path, with slashes at both ends: <c>/</c> or <c>/service-role/</c>.</summary>
    public string? Path { get; set; }

    /// <summary>Its name.</summary>
    public string? RoleName { get; set; }

    /// <summary>Its id, which a role of the same name made later does not have.</summary>
    public string? RoleId { get; set; }

    /// <summary>Its ARN, with the path.</summary>
    public string? Arn { get; set; }

    /// <summary>When it was made; UTC.</summary>
    public DateTime? CreateDate { get; set; }

    /// <summary>
    /// Who may assume it: the trust policy as JSON. The service percent-encodes it and the AWSSDK leaves it so; here it is decoded.
    /// </summary>
    public string? AssumeRolePolicyDocument { get; set; }

    /// <summary>Its description.</summary>
    public string? Description { get; set; }

    /// <summary>How long a session may last, in seconds, 3600 to 43,200.</summary>
    public int? MaxSessionDuration { get; set; }

    /// <summary>The policy that bounds its permissions; null: none.</summary>
    public AttachedPermissionsBoundary? PermissionsBoundary { get; set; }

    /// <summary>Its tags; null: none.</summary>
    public List<Tag>? Tags { get; set; }
}
