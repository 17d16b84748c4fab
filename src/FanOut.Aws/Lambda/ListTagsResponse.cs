using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>Tags.</summary>
public sealed class ListTagsResponse : AmazonWebServiceResponse
{
    /// <summary>The tags.</summary>
    public Dictionary<string, string>? Tags { get; set; }
}
