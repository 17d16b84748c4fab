namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>Counters that all lanes of an event source mapping share, and a signal for their changes.</summary>
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

    /// <summary>The exception of the on-failure destination that stopped a lane for good; null: none.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Completes with the next change. Get it before reading the counters, so that no change is missed.</summary>
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
