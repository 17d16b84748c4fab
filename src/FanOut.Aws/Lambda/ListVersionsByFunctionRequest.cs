namespace FanOut.Aws.Lambda;

/// <summary>Asks for a page of a function's versions.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html</remarks>
public sealed class ListVersionsByFunctionRequest
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListVersionsByFunctionResponse.NextMarker"/>.</summary>
    public string? Marker { get; set; }

    /// <summary>How many versions a page may have, 1 to 10,000; the service gives at most 50 at a time.</summary>
    public int? MaxItems { get; set; }
}
