namespace FanOut.Aws.Lambda;

/// <summary>Invokes a function.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html</remarks>
public sealed class InvokeRequest
{
    /// <summary>The function's name, partial or full ARN, without qualifier.</summary>
    public required string FunctionName { get; init; }

    /// <summary>An alias or version; null: <c>$LATEST</c>.</summary>
    public string? Qualifier { get; init; }

    /// <summary>The event, at most 1 MB of JSON. The caller keeps it and disposes of it.</summary>
    public required Protocols.RequestBody Payload { get; init; }
}
