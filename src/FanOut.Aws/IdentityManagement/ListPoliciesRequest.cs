namespace FanOut.Aws.IdentityManagement;

/// <summary>Asks for a page of managed policies.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html</remarks>
public sealed class ListPoliciesRequest
{
    /// <summary><c>Local</c>: the account's own; <c>AWS</c>: those of AWS. Default: <c>All</c>.</summary>
    public string? Scope { get; set; }

    /// <summary>Only policies whose path begins so. Default: <c>/</c>, all.</summary>
    public string? PathPrefix { get; set; }

    /// <summary>How many policies a page may have, 1 to 1000; the service may give fewer. Default: 100.</summary>
    public int? MaxItems { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListPoliciesResponse.Marker"/>.</summary>
    public string? Marker { get; set; }
}
