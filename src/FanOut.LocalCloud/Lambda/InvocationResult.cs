namespace FanOut.LocalCloud.Lambda;

/// <summary>The result of an invocation.</summary>
/// <param name="RequestId">The invocation's request id, as in the function's logs.</param>
/// <param name="Payload">The function's answer, or the error document when <paramref name="FunctionError"/> is set.</param>
/// <param name="FunctionError"><c>Unhandled</c> when the function failed, as in <c>X-Amz-Function-Error</c>; null when it answered.</param>
public sealed record InvocationResult(string RequestId, ReadOnlyMemory<byte> Payload, string? FunctionError = null)
{
    /// <summary>Whether the function answered.</summary>
    public bool IsSuccess => FunctionError is null;
}
