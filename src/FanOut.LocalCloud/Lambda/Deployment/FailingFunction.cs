using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.LocalCloud.Lambda.Deployment;

/// <summary>A function that cannot be started: every invocation is answered with the reason.</summary>
internal sealed class FailingFunction(string type, string message) : IFunctionInvoker
{
    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken)
    {
        var requestId = Guid.NewGuid().ToString();
        return Task.FromResult<InvocationResult>(new(requestId, FunctionFault.Document(type, $"RequestId: {requestId} Error: {message}"), "Unhandled"));
    }
}
