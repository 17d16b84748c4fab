namespace FanOut.Aws.Lambda;

/// <summary>Invokes a function asynchronously (<c>InvocationType=Event</c>).</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html</remarks>
public sealed class InvokeRequest
{
    /// <summary>The function's name, <c>name:alias</c> or ARN.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The event, at most 1 MB of JSON. Stays the caller's, who disposes it.</summary>
    public required Protocols.RequestBody Payload { get; init; }
}
