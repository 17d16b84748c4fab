using Amazon.Runtime;

namespace FanOut.Aws.IdentityManagement;

/// <summary>A page of a managed policy's versions.</summary>
public sealed class ListPolicyVersionsResponse : AmazonWebServiceResponse
{
    /// <summary>The versions, without their documents.</summary>
    public List<PolicyVersion>? Versions { get; set; }

    /// <summary>Whether there is a next page.</summary>
    public bool? IsTruncated { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? Marker { get; set; }
}
