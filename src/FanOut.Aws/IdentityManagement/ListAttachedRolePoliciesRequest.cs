namespace FanOut.Aws.IdentityManagement;

/// <summary>Asks for a page of a role's managed policies.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html</remarks>
public sealed class ListAttachedRolePoliciesRequest
{
    /// <summary>The role's name, without its path.</summary>
    public required string RoleName { get; set; }

    /// <summary>Only policies whose path begins so. Default: <c>/</c>, all.</summary>
    public string? PathPrefix { get; set; }

    /// <summary>How many policies a page may have, 1 to 1000; the service may give fewer. Default: 100.</summary>
    public int? MaxItems { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListAttachedRolePoliciesResponse.Marker"/>.</summary>
    public string? Marker { get; set; }
}
