using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>A page of a role's managed policies.</summary>
public sealed class ListAttachedRolePoliciesResponse : AmazonWebServiceResponse
{
    /// <summary>The policies.</summary>
    public List<AttachedPolicyType>? AttachedPolicies { get; set; }

    /// <summary>Whether there is a next page.</summary>
    public bool? IsTruncated { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? Marker { get; set; }
}
