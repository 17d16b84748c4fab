using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>A page of a role's tags.</summary>
public sealed class ListRoleTagsResponse : AmazonWebServiceResponse
{
    /// <summary>The tags.</summary>
    public List<Tag>? Tags { get; set; }

    /// <summary>Whether there is a next page.</summary>
    public bool? IsTruncated { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? Marker { get; set; }
}
