using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>A page of managed policies.</summary>
public sealed class ListPoliciesResponse : AmazonWebServiceResponse
{
    /// <summary>The policies, without their tags and descriptions.</summary>
    public List<ManagedPolicy>? Policies { get; set; }

    /// <summary>Whether there is a next page.</summary>
    public bool? IsTruncated { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? Marker { get; set; }
}
