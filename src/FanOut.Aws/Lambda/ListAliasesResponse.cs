using Amazon.Runtime;

namespace FanOut.Aws.Lambda;

/// <summary>A page of aliases.</summary>
public sealed class ListAliasesResponse : AmazonWebServiceResponse
{
    /// <summary>The aliases.</summary>
    public List<AliasConfiguration>? Aliases { get; set; }

    /// <summary>Where the next page begins; <see langword="null"/>: there is none.</summary>
    public string? NextMarker { get; set; }
}
