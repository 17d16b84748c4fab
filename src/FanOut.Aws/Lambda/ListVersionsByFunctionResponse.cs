using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>A page of versions.</summary>
public sealed class ListVersionsByFunctionResponse : AmazonWebServiceResponse
{
    /// <summary>The versions, <c>$LATEST</c> among them, without their states.</summary>
    public List<FunctionConfiguration>? Versions { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextMarker { get; set; }
}
