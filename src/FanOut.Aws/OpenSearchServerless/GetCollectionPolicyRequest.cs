namespace FanOut.Aws.OpenSearchServerless;

/// <summary>Asks for a policy.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_GetAccessPolicy.html,
/// https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_GetSecurityPolicy.html
/// </remarks>
public sealed class GetCollectionPolicyRequest
{
    /// <summary>Its type: <c>data</c>, <c>network</c> or <c>encryption</c>.</summary>
    public required string Type { get; set; }

    /// <summary>Its name.</summary>
    public required string Name { get; set; }
}
