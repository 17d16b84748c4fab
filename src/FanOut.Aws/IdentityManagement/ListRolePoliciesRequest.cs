namespace FanOut.Aws.IdentityManagement;

/// <summary>Asks for a page of the names of a role's inline policies.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html</remarks>
public sealed class ListRolePoliciesRequest
{
    /// <summary>The role's name, without its path.</summary>
    public required string RoleName { get; set; }

    /// <summary>How many names a page may have, 1 to 1000; the service may give fewer. Default: 100.</summary>
    public int? MaxItems { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListRolePoliciesResponse.Marker"/>.</summary>
    public string? Marker { get; set; }
}
