namespace FanOut.Aws.IdentityManagement;

/// <summary>Asks for a page of roles.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html</remarks>
public sealed class ListRolesRequest
{
    /// <summary>Only roles whose path begins so. Default: <c>/</c>, all.</summary>
    public string? PathPrefix { get; set; }

    /// <summary>How many roles a page may have, 1 to 1000; the service may give fewer. Default: 100.</summary>
    public int? MaxItems { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListRolesResponse.Marker"/>.</summary>
    public string? Marker { get; set; }
}
