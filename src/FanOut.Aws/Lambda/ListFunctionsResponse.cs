using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>A page of functions.</summary>
public sealed class ListFunctionsResponse : AmazonWebServiceResponse
{
    /// <summary>The functions, without their states.</summary>
    public List<FunctionConfiguration>? Functions { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextMarker { get; set; }
}
