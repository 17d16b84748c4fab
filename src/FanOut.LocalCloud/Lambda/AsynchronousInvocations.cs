using System.Collections.Concurrent;
using FanOut.LocalCloud.Lambda.Deployment;

namespace FanOut.LocalCloud.Lambda;

/// <summary>
/// Runs asynchronous invocations. One that fails is tried again after one minute and once more after two, as in Lambda, unless the function's settings say
/// otherwise; then its on-failure destination is told (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).
/// </summary>
internal sealed class AsynchronousInvocations(FunctionHost? host, LambdaServiceOptions options) : IAsyncDisposable
{
    private const int Retries = 2;
    private static readonly TimeSpan MaximumAge = TimeSpan.FromHours(6);
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Takes an event, which may change when this returns.</summary>
    public void Enqueue(FunctionView view, ReadOnlyMemory<byte> payload)
    {
        ReadOnlyMemory<byte> kept = payload.ToArray();

        // A recorder has the event at once, so that a caller who got the 202 finds it.
        var first = view.Invoker is RecordingFunction recorder ? recorder.Record(new(kept, "Event", view.Qualifier)) : null;
        var running = Task.Run(() => RunAsync(view, kept, first, _stopping.Token));
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

    private async Task RunAsync(FunctionView view, ReadOnlyMemory<byte> payload, InvocationResult? first, CancellationToken stopping)
    {
        var config = view.Function.EventInvokeConfigs.GetValueOrDefault(view.Qualifier ?? "");
        var (retries, age) = (config?.MaximumRetryAttempts ?? Retries, config?.MaximumEventAgeInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : MaximumAge);
        var since = options.TimeProvider.GetTimestamp();
        try
        {
            var result = first ?? await InvokeAsync(view, payload, stopping).ConfigureAwait(false);
            var count = 1;
            for (; result?.IsSuccess != true && count <= retries && options.TimeProvider.GetElapsedTime(since) + TimeSpan.FromMinutes(count) < age; count++)
            {
                await Task.Delay(TimeSpan.FromMinutes(count), options.TimeProvider, stopping).ConfigureAwait(false);
                result = await InvokeAsync(view, payload, stopping).ConfigureAwait(false);
            }

            if (result?.IsSuccess != true && config?.OnFailure is { } destination && options.Cloud is { } cloud
                && host?.Role.MaySend(view.Function.Configuration.Role, destination) != false)
            {
                var condition = count > retries ? FailedEvent.RetriesExhausted : FailedEvent.EventAgeExceeded;
                FailureDestination.Send(cloud, destination, view.Function.Name, FailedEvent.Of(view, condition, count, payload, result, options.TimeProvider.GetUtcNow()));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private static async Task<InvocationResult?> InvokeAsync(FunctionView view, ReadOnlyMemory<byte> payload, CancellationToken stopping)
    {
        try
        {
            return view.Invoker is RecordingFunction recorder
                ? recorder.Record(new(payload, "Event", view.Qualifier))
                : await view.Function.InvokeAsync(view.Invoker, payload, stopping).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // By the invoker's contract any exception says that the function was not invoked; nobody waits for the reason.
        catch (Exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
