using Amazon.Runtime;

namespace FanOut.Aws.OpenSearchServerless;

/// <summary>A policy.</summary>
public sealed class GetCollectionPolicyResponse : AmazonWebServiceResponse
{
    /// <summary>The document, JSON; null: the answer has none.</summary>
    public string? Policy { get; set; }
}
