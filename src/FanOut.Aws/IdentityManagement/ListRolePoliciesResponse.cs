using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>A page of the names of a role's inline policies.</summary>
public sealed class ListRolePoliciesResponse : AmazonWebServiceResponse
{
    /// <summary>The names.</summary>
    public List<string>? PolicyNames { get; set; }

    /// <summary>Whether there is a next page.</summary>
    public bool? IsTruncated { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? Marker { get; set; }
}
