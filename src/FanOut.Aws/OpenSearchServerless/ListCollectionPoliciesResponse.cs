using Amazon.Runtime;

namespace FanOut.Aws.OpenSearchServerless;

/// <summary>A page of policies.</summary>
public sealed class ListCollectionPoliciesResponse : AmazonWebServiceResponse
{
    /// <summary>Their names.</summary>
    public List<string>? Names { get; set; }

    /// <summary>Where the next page begins; null: there is none.</summary>
    public string? NextToken { get; set; }
}
