namespace FanOut.LocalCloud.Lambda;

/// <summary>A function without a program: it records its events and gives the answers that the test wants. Thread-safe.</summary>
/// <param name="answer">Makes the answer to an event; null: the answer is <c>null</c>, like that of a function that returns nothing.</param>
public sealed class RecordingFunction(Func<ReadOnlyMemory<byte>, InvocationResult>? answer = null) : IFunctionInvoker
{
    private readonly List<RecordedInvocation> _invocations = [];

    /// <summary>The invocations so far, in order.</summary>
    public IReadOnlyList<RecordedInvocation> Invocations
    {
        get
        {
            lock (_invocations)
            {
                return [.. _invocations];
            }
        }
    }

    /// <inheritdoc/>
    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken) =>
        Task.FromResult(Record(new(eventJson, "RequestResponse", null)));

    internal InvocationResult Record(RecordedInvocation invocation)
    {
        // A copy, because the caller may use its buffer again.
        var kept = invocation with { Payload = invocation.Payload.ToArray() };
        lock (_invocations)
        {
            _invocations.Add(kept);
        }

        return answer?.Invoke(kept.Payload) ?? new(Guid.NewGuid().ToString(), "null"u8.ToArray());
    }
}
