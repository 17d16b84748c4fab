namespace FanOut.LocalCloud.Lambda;

/// <summary>
/// Invokes a function synchronously with one event. An error of the function is a result (<see cref="InvocationResult.FunctionError"/>). An
/// exception means that the function was not invoked at all (throttled, deleted); event source mappings then try again without counting that
/// against the retry quota.
/// </summary>
public interface IFunctionInvoker
{
    /// <summary>Invokes the function and waits for its answer.</summary>
    /// <param name="eventJson">The event, one JSON document in UTF-8. It stays unchanged until the task completes.</param>
    /// <param name="cancellationToken">Cancels the invocation, whose outcome is then unknown.</param>
    Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken);
}
