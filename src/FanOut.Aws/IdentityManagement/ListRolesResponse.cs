using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>A page of roles.</summary>
public sealed class ListRolesResponse : AmazonWebServiceResponse
{
    /// <summary>The roles, without their tags and their permissions boundary.</summary>
    public List<Role>? Roles { get; set; }

    /// <summary>Whether there is a next page.</summary>
    public bool? IsTruncated { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? Marker { get; set; }
}
