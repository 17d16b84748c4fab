namespace FanOut.Aws.Lambda;

/// <summary>Asks for a page of event source mappings: all, those of a function, of a source, or of both.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html</remarks>
public sealed class ListEventSourceMappingsRequest
{
    /// <summary>ARN of the source.</summary>
    public string? EventSourceArn { get; set; }

    /// <summary>The function's name or ARN.</summary>
    public string? FunctionName { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListEventSourceMappingsResponse.NextMarker"/>.</summary>
    public string? Marker { get; set; }

    /// <summary>How many event source mappings a page may have; the service gives at most 100.</summary>
    public int? MaxItems { get; set; }
}
