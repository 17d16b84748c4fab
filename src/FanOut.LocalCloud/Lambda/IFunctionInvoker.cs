namespace FanOut.LocalCloud.Lambda;

/// <summary>
/// Invokes a function synchronously with one event. What the function does wrong is a result (<see cref="InvocationResult.FunctionError"/>);
/// an exception means that the function was not invoked at all (throttled, deleted), which event source mappings retry without
/// counting it against the retry quota.
/// </summary>
public interface IFunctionInvoker
{
    /// <summary>Invokes the function and waits for its answer.</summary>
    /// <param name="eventJson">The event, one JSON document in UTF-8. It stays unchanged until the task completes.</param>
    /// <param name="cancellationToken">Gives the invocation up; its outcome is then unknown.</param>
    Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken);
}
