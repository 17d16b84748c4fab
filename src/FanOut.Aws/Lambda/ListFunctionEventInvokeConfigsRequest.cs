namespace FanOut.Aws.Lambda;

/// <summary>Asks for a page of how asynchronous invocations of a function, and of its aliases and versions, are retried and reported.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionEventInvokeConfigs.html</remarks>
public sealed class ListFunctionEventInvokeConfigsRequest
{
    /// <summary>The function's name, partial or full ARN.</summary>
    public required string FunctionName { get; set; }

    /// <summary>Where the page begins: the last page's <see cref="ListFunctionEventInvokeConfigsResponse.NextMarker"/>.</summary>
    public string? Marker { get; set; }
}
