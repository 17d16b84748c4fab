using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>A page of aliases.</summary>
public sealed class ListAliasesResponse : AmazonWebServiceResponse
{
    /// <summary>The aliases.</summary>
    public List<AliasConfiguration>? Aliases { get; set; }

    /// <summary>Where the next page begins; null: this is the last one.</summary>
    public string? NextMarker { get; set; }
}
