namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>What all lanes of a mapping count together, and the signal that something of it changed.</summary>
internal sealed class EventSourceMappingCounters
{
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _invocations;
    private long _retries;
    private long _delivered;
    private long _discarded;

    public long Invocations => Interlocked.Read(ref _invocations);

    public long Retries => Interlocked.Read(ref _retries);

    public long Delivered => Interlocked.Read(ref _delivered);

    public long Discarded => Interlocked.Read(ref _discarded);

    public string LastProcessingResult { get; set; } = ProcessingResult.NoRecords;

    /// <summary>What stopped a lane for good: the on-failure destination threw.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Completes with the next change. Take it before looking at what may change.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    public void CountInvocation() => Interlocked.Increment(ref _invocations);

    public void CountRetry() => Interlocked.Increment(ref _retries);

    public void CountDelivered(int records) => Interlocked.Add(ref _delivered, records);

    public void CountDiscarded(int records) => Interlocked.Add(ref _discarded, records);

    public void Fail(Exception fault)
    {
        Fault = fault;
        SignalChange();
    }

    public void ClearFault() => Fault = null;

    public void SignalChange() =>
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
