namespace FanOut.LocalCloud.Lambda;

/// <summary>A function without a program: it keeps what it got and answers as it is told. Thread-safe.</summary>
/// <param name="answer">Makes the answer to an event; null answers <c>null</c>, as a function that returns nothing does.</param>
public sealed class RecordingFunction(Func<ReadOnlyMemory<byte>, InvocationResult>? answer = null) : IFunctionInvoker
{
    private readonly List<RecordedInvocation> _invocations = [];

    /// <summary>What it got so far, in the order it came.</summary>
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
        // The caller's buffer may be used again.
        var kept = invocation with { Payload = invocation.Payload.ToArray() };
        lock (_invocations)
        {
            _invocations.Add(kept);
        }

        return answer?.Invoke(kept.Payload) ?? new(Guid.NewGuid().ToString(), "null"u8.ToArray());
    }
}
