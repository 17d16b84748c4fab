using System.Buffers;
using System.Text.Json;

namespace FanOut.LocalCloud.Lambda.Runtime;

/// <summary>The error documents that Lambda itself writes when a function does not answer.</summary>
internal static class FunctionFault
{
    /// <summary>The invocation took longer than the function's timeout.</summary>
    public static InvocationResult TimedOut(string requestId, TimeSpan timeout) => Result(
        requestId, "Sandbox.Timedout", FormattableString.Invariant($"RequestId: {requestId} Error: Task timed out after {timeout.TotalSeconds:F2} seconds"));

    /// <summary>The process ended while it started or in the middle of the invocation.</summary>
    public static InvocationResult Exited(string requestId, int exitCode) => Result(requestId, "Runtime.ExitError", exitCode switch
    {
        0 => $"RequestId: {requestId} Error: Runtime exited without providing a reason",
        137 => $"RequestId: {requestId} Error: Runtime exited with error: signal: killed",
        _ => FormattableString.Invariant($"RequestId: {requestId} Error: Runtime exited with error: exit status {exitCode}"),
    });

    /// <summary>The answer is too large.</summary>
    public static InvocationResult ResponseTooLarge(string requestId) => Result(
        requestId,
        "Function.ResponseSizeTooLarge",
        FormattableString.Invariant($"Response payload size exceeded maximum allowed payload size ({LambdaLimits.SynchronousResponse} bytes)."));

    /// <summary>An error document: <c>{"errorType":…,"errorMessage":…}</c>.</summary>
    public static byte[] Document(string type, string message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("errorType"u8, type);
            json.WriteString("errorMessage"u8, message);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static InvocationResult Result(string requestId, string type, string message) =>
        new(requestId, Document(type, message), "Unhandled");
}
