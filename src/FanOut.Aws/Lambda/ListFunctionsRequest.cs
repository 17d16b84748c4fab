namespace FanOut.Aws.Lambda;

/// <summary>Asks for a page of the region's functions.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html</remarks>
public sealed class ListFunctionsRequest
{
    /// <summary>Where the page begins: the last page's <see cref="ListFunctionsResponse.NextMarker"/>.</summary>
    public string? Marker { get; set; }

    /// <summary>How many functions a page may have, 1 to 10,000; the service gives at most 50 at a time.</summary>
    public int? MaxItems { get; set; }

    /// <summary><c>ALL</c>: also published versions. Default: only <c>$LATEST</c>.</summary>
    public string? FunctionVersion { get; set; }
}
