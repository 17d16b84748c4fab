using System.Collections.Concurrent;

namespace FanOut.LocalCloud.Lambda;

/// <summary>
/// Runs asynchronous invocations. One that fails is tried again after one minute and once more after two, as in Lambda
/// (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).
/// </summary>
internal sealed class AsynchronousInvocations(TimeProvider time) : IAsyncDisposable
{
    private const int Retries = 2;
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly CancellationTokenSource _stopping = new();

    public void Enqueue(Func<CancellationToken, Task<InvocationResult>> invoke)
    {
        var running = Task.Run(() => RunAsync(invoke, _stopping.Token));
        _running[running] = true;
        _ = running.ContinueWith(
            done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running.Keys).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task<InvocationResult>> invoke, CancellationToken stopping)
    {
        try
        {
            for (var attempt = 0; attempt <= Retries; attempt++)
            {
                if (attempt > 0)
                {
                    await Task.Delay(TimeSpan.FromMinutes(attempt), time, stopping).ConfigureAwait(false);
                }

                if (await SucceedsAsync(invoke, stopping).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private static async Task<bool> SucceedsAsync(Func<CancellationToken, Task<InvocationResult>> invoke, CancellationToken stopping)
    {
        try
        {
            return (await invoke(stopping).ConfigureAwait(false)).IsSuccess;
        }
#pragma warning disable CA1031 // By the invoker's contract any exception says that the function was not invoked; nobody waits for the reason.
        catch (Exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
