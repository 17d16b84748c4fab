using System.ComponentModel;
using System.Diagnostics;

namespace FanOut.LocalCloud.Lambda.Runtime;

/// <summary>One process of a function, with the Runtime API it talks to: Lambda's execution environment. It does one invocation at a time.</summary>
public sealed class FunctionProcess : IAsyncDisposable
{
    private readonly LocalFunctionOptions _options;
    private readonly TimeProvider _time;
    private readonly RuntimeApi _api;
    private readonly Process _process;
    private readonly Task _reading;
    private readonly Task<int> _exited;
    private long _peak;
    private volatile bool _killed;

    private FunctionProcess(LocalFunctionOptions options, TimeProvider time, RuntimeApi api, Process process, Action<string> log)
    {
        (_options, _time, _api, _process) = (options, time, api, process);
        Id = process.Id;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, log), ReadAsync(process.StandardError, log));
        _exited = ExitAsync();
    }

    /// <summary>The options that it was started with.</summary>
    internal LocalFunctionOptions Options => _options;

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>Completes with the exit code when the process has ended; 128 and the signal's number when a signal ended it.</summary>
    public Task<int> Exited => _exited;

    /// <summary>Whether it can still be invoked: false once it was killed or has exited, a little before <see cref="Exited"/> completes.</summary>
    public bool IsAlive => !_killed && !_exited.IsCompleted && !_process.HasExited;

    /// <summary>The peak of its resident memory, in bytes, at the end of the last invocation; zero if the system does not tell.</summary>
    public long PeakResidentBytes => Interlocked.Read(ref _peak);

    /// <summary>Starts a process.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="timeProvider">The clock of the timeouts.</param>
    /// <param name="log">Gets each line the process writes.</param>
    /// <exception cref="FileNotFoundException">The program does not exist.</exception>
    /// <exception cref="Win32Exception">The program cannot be executed.</exception>
    public static FunctionProcess Start(LocalFunctionOptions options, TimeProvider timeProvider, Action<string> log)
    {
        var api = RuntimeApi.Start(timeProvider);
        var process = new Process { StartInfo = ProcessEnvironment.StartInfo(options, api.Authority), EnableRaisingEvents = true };
        try
        {
            process.Start();
        }
        catch
        {
            process.Dispose();
            _ = api.DisposeAsync().AsTask();
            throw;
        }

        return new(options, timeProvider, api, process, log);
    }

    /// <summary>Invokes the function; a process that does not answer in time is killed.</summary>
    /// <param name="requestId">The invocation's id.</param>
    /// <param name="functionArn">The ARN that was invoked.</param>
    /// <param name="eventJson">The event.</param>
    /// <param name="cancellationToken">Cancels the invocation and kills the process, because its state is unknown then.</param>
    public async Task<InvocationResult> InvokeAsync(
        string requestId, string functionArn, ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await StartedAsync(requestId, ending.Token).ConfigureAwait(false)
                ?? await AnswerAsync(requestId, functionArn, eventJson, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Kill();
            throw;
        }
        finally
        {
            NotePeak();
            await ending.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends the process and its children at once, as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        _killed = true;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // The process, or a child of it, has ended by itself.
        }
    }

    /// <summary>Kills the process and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await _exited.ConfigureAwait(false);
        await _api.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    /// <summary>Waits until the process asks for an invocation.</summary>
    /// <returns>The failure if it does not get that far; else null.</returns>
    private async Task<InvocationResult?> StartedAsync(string requestId, CancellationToken cancellationToken)
    {
        var asked = _api.WhenAskedAsync();
        if (asked.IsCompleted)
        {
            return null;
        }

        var timeout = Task.Delay(_options.InitTimeout, _time, cancellationToken);
        var first = await Task.WhenAny(asked, _api.InitError, _exited, timeout).ConfigureAwait(false);
        if (first == asked)
        {
            return null;
        }

        if (first == timeout)
        {
            await timeout.ConfigureAwait(false);
            return await KillAsync(FunctionFault.TimedOut(requestId, _options.InitTimeout)).ConfigureAwait(false);
        }

        // A process that reports why it cannot start ends at once afterwards, so its end may be noticed before the report.
        return _api.InitError.IsCompleted
            ? await KillAsync(new(requestId, await _api.InitError.ConfigureAwait(false), "Unhandled")).ConfigureAwait(false)
            : FunctionFault.Exited(requestId, await _exited.ConfigureAwait(false));
    }

    private async Task<InvocationResult> AnswerAsync(
        string requestId, string functionArn, ReadOnlyMemory<byte> eventJson, CancellationToken cancellationToken)
    {
        var answer = _api.InvokeAsync(requestId, functionArn, eventJson, _options.Timeout, cancellationToken);
        var timeout = Task.Delay(_options.Timeout, _time, cancellationToken);
        await Task.WhenAny(answer, _exited, timeout).ConfigureAwait(false);
        if (answer.IsCompleted)
        {
            return await answer.ConfigureAwait(false);
        }

        if (_exited.IsCompleted)
        {
            return FunctionFault.Exited(requestId, await _exited.ConfigureAwait(false));
        }

        await timeout.ConfigureAwait(false);
        return await KillAsync(FunctionFault.TimedOut(requestId, _options.Timeout)).ConfigureAwait(false);
    }

    private async Task<InvocationResult> KillAsync(InvocationResult result)
    {
        NotePeak();
        Kill();
        await _exited.ConfigureAwait(false);
        return result;
    }

    private async Task<int> ExitAsync()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.Exited += (_, _) => ended.TrySetResult();
        if (!_process.HasExited)
        {
            await ended.Task.ConfigureAwait(false);
        }

        // Its last output is still in the pipes. A child process may hold these open for ever, so the wait is limited.
        using var enough = new CancellationTokenSource();
        await Task.WhenAny(_reading, Task.Delay(TimeSpan.FromSeconds(1), _time, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }

    private static async Task ReadAsync(StreamReader lines, Action<string> log)
    {
        while (await lines.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            log(line);
        }
    }

    private void NotePeak()
    {
        try
        {
            _process.Refresh();
            var peak = _process.PeakWorkingSet64;
            if (peak > PeakResidentBytes)
            {
                Interlocked.Exchange(ref _peak, peak);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            // The process has ended: the system has no numbers for it any more.
        }
    }
}
