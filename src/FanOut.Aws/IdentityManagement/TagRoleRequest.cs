namespace FanOut.Aws.IdentityManagement;

/// <summary>Gives a role tags; those of the same key are replaced, others stay.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html</remarks>
public sealed class TagRoleRequest
{
    /// <summary>The role's name, without its path.</summary>
    public required string RoleName { get; set; }

    /// <summary>The tags.</summary>
    public required List<Tag> Tags { get; set; }
}
