namespace FanOut.LocalCloud.Lambda.Runtime;

/// <summary>
/// A function that runs as processes of this machine: one per concurrent invocation, started when needed, kept warm, and replaced when it
/// exits, is killed or times out. Thread-safe.
/// </summary>
public sealed class LocalFunction : IFunctionInvoker, IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places;
    private readonly object _gate = new();
    private readonly List<FunctionProcess> _all = [];
    private readonly Stack<FunctionProcess> _idle = new();
    private long _peak;
    private volatile LocalFunctionOptions _options;
    private int _started;
    private bool _disposed;

    /// <summary>Makes a function; its first process starts with the first invocation.</summary>
    /// <param name="options">What to start, and how.</param>
    /// <param name="timeProvider">The clock of the timeouts; null takes the system's.</param>
    /// <exception cref="FileNotFoundException">The program does not exist.</exception>
    public LocalFunction(LocalFunctionOptions options, TimeProvider? timeProvider = null)
    {
        ProcessEnvironment.Find(options.Program);
        _options = options;
        _time = timeProvider ?? TimeProvider.System;
        _places = new(options.Concurrency, options.Concurrency);
    }

    /// <summary>The options for processes that are started from now on.</summary>
    public LocalFunctionOptions Options => _options;

    /// <summary>The function's ARN.</summary>
    public string Arn => Options.Arn;

    /// <summary>What its processes wrote to their standard output and error.</summary>
    public FunctionLog Log { get; } = new();

    /// <summary>How many processes have been started: cold starts.</summary>
    public int ProcessesStarted => Volatile.Read(ref _started);

    /// <summary>The ids of the processes that run now.</summary>
    public IReadOnlyList<int> ProcessIds
    {
        get
        {
            lock (_gate)
            {
                return [.. _all.Where(process => process.IsAlive).Select(process => process.Id)];
            }
        }
    }

    /// <summary>The highest peak of a process's resident memory, in bytes; zero if the system does not tell.</summary>
    public long PeakResidentBytes
    {
        get
        {
            lock (_gate)
            {
                return _all.Select(process => process.PeakResidentBytes).Append(_peak).Max();
            }
        }
    }

    /// <inheritdoc/>
    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken)
    {
        var requestId = Guid.NewGuid().ToString();
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var process = await TakeAsync().ConfigureAwait(false);
            try
            {
                return await process.InvokeAsync(requestId, Arn, eventJson, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await ReturnAsync(process).ConfigureAwait(false);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>
    /// Changes program and settings for the next invocations. Idle processes are ended at once, others after their invocation. The number of processes
    /// (<see cref="LocalFunctionOptions.Concurrency"/>) does not change.
    /// </summary>
    /// <param name="options">What to start, and how.</param>
    /// <returns>Completes when the idle processes have ended.</returns>
    /// <exception cref="FileNotFoundException">The program does not exist.</exception>
    public async Task UpdateAsync(LocalFunctionOptions options)
    {
        ProcessEnvironment.Find(options.Program);
        FunctionProcess[] idle;
        lock (_gate)
        {
            _options = options;
            idle = _disposed ? [] : [.. _idle];
            _idle.Clear();
            Array.ForEach(idle, Forget);
        }

        await Task.WhenAll(idle.Select(process => process.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    /// <summary>Ends all processes at once, like <c>kill -9</c>: invocations in progress fail, the next ones start new processes.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _all.ForEach(process => process.Kill());
        }
    }

    /// <summary>Ends all processes and waits for their end.</summary>
    public async ValueTask DisposeAsync()
    {
        FunctionProcess[] all;
        lock (_gate)
        {
            _disposed = true;
            all = [.. _all];
        }

        await Task.WhenAll(all.Select(process => process.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    private async Task<FunctionProcess> TakeAsync()
    {
        var ended = new List<FunctionProcess>();
        FunctionProcess? taken = null;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            while (taken is null && _idle.TryPop(out var idle))
            {
                if (idle.IsAlive)
                {
                    taken = idle;
                }
                else
                {
                    ended.Add(idle);
                }
            }

            ended.ForEach(Forget);

            if (taken is null)
            {
                taken = FunctionProcess.Start(Options, _time, Write);
                _all.Add(taken);
                _started++;
            }
        }

        foreach (var process in ended)
        {
            await process.DisposeAsync().ConfigureAwait(false);
        }

        return taken;
    }

    private async Task ReturnAsync(FunctionProcess process)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            if (ReferenceEquals(process.Options, _options))
            {
                _idle.Push(process);
                return;
            }

            Forget(process);
        }

        await process.DisposeAsync().ConfigureAwait(false);
    }

    // The caller holds the lock.
    private void Forget(FunctionProcess process)
    {
        _all.Remove(process);
        _peak = Math.Max(_peak, process.PeakResidentBytes);
    }

    private void Write(string line)
    {
        Log.Add(line);
        Options.OnLogLine?.Invoke(line);
    }
}
