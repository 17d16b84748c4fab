namespace FanOut.Aws.OpenSearchServerless;

/// <summary>Asks for a page of policies of a type.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_ListAccessPolicies.html,
/// https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_ListSecurityPolicies.html
/// </remarks>
public sealed class ListCollectionPoliciesRequest
{
    /// <summary>Access policies: <c>data</c>. Security policies: <c>network</c> or <c>encryption</c>.</summary>
    public required string Type { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListCollectionPoliciesResponse.NextToken"/>.</summary>
    public string? NextToken { get; set; }
}
