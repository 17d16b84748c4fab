namespace FanOut.Aws.Lambda;

/// <summary>Asks for a page of a function's aliases.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html</remarks>
public sealed class ListAliasesRequest
{
    /// <summary>The function's name, partial or full ARN; without a qualifier.</summary>
    public required string FunctionName { get; set; }

    /// <summary>Only aliases of this version. Default: all.</summary>
    public string? FunctionVersion { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListAliasesResponse.NextMarker"/>.</summary>
    public string? Marker { get; set; }

    /// <summary>How many aliases a page may have, 1 to 10,000; the service gives at most 50 at a time.</summary>
    public int? MaxItems { get; set; }
}
