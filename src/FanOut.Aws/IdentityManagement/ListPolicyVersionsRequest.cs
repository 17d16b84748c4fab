namespace FanOut.Aws.IdentityManagement;

/// <summary>Asks for a page of a managed policy's versions.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html</remarks>
public sealed class ListPolicyVersionsRequest
{
    /// <summary>The policy's ARN.</summary>
    public required string PolicyArn { get; set; }

    /// <summary>How many versions a page may have, 1 to 1000; the service may give fewer. Default: 100.</summary>
    public int? MaxItems { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListPolicyVersionsResponse.Marker"/>.</summary>
    public string? Marker { get; set; }
}
