using FanOut.Aws;
using FanOut.Engine;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Logging;
using FanOut.Engine.Metrics;
using FanOut.Engine.Progress;
using FanOut.Engine.Settings;

namespace FanOut.Dispatch;

/// <summary>Takes events from the Runtime API, has the engine dispatch them, and answers.</summary>
internal sealed class Function(RuntimeClient runtime, Dispatcher dispatcher, IMetricPublisher? metrics, FunctionSettings settings, JsonLog log, TimeProvider time)
{
    // A note is worth less than the batch: who cannot be told of a source in time is told of it by another batch's process.
    private static readonly TimeSpan NotingSource = TimeSpan.FromSeconds(1);

    private bool _hasAnswered;

    /// <summary>Where the sources are noted that records come from. Default: nowhere.</summary>
    public KnownSources? Sources { get; init; }

    /// <summary>Handles events until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Invocation invocation = await runtime.NextAsync(cancellationToken).ConfigureAwait(false);
            log.RequestId = invocation.RequestId;

            // It is forwarded on every call: Lambda's loop detection and X-Ray need it.
            Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.TraceId);
            await HandleAsync(invocation, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task HandleAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (TestEvent.Is(invocation.Event.Span))
        {
            await runtime.RespondAsync(invocation.RequestId, Answer.Test(settings), cancellationToken).ConfigureAwait(false);
            return;
        }

        long started = time.GetTimestamp();
        DispatchResult result;
        try
        {
            using var batch = BatchTime.Of(invocation.Deadline - time.GetUtcNow(), time, cancellationToken);
            result = await dispatcher.DispatchAsync(invocation.Event, batch).ConfigureAwait(false);
        }
        catch (InvalidEventException e)
        {
            log.Write(LogLevel.Error, "invalid event", json => json.WriteString("reason"u8, OutsideText.Cut(e.Message)));
            await runtime.FailAsync(invocation.RequestId, nameof(InvalidEventException), OutsideText.Cut(e.Message), cancellationToken).ConfigureAwait(false);
            return;
        }

        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            // An unexpected error fails this batch, which comes again. Ending the process would cost another start and say less.
            log.Write(LogLevel.Error, "batch failed", json =>
            {
                json.WriteString("error"u8, e.GetType().Name);
                json.WriteString("reason"u8, OutsideText.Cut(e.Message));
            });
            await runtime.FailAsync(invocation.RequestId, e.GetType().Name, OutsideText.Cut(e.Message), cancellationToken).ConfigureAwait(false);
            return;
        }

        using (result)
        {
            await TellAsync(invocation, result, time.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(Invocation invocation, DispatchResult result, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (result.IsSending)
        {
            runtime.AbandonBuffer();
        }

        Task publishing;
        using (log.Hold())
        {
            BatchLog.Write(log, result, duration);
            MarkedLog.Write(log, result, time);
            publishing = PublishAsync(invocation, result, cancellationToken);
        }

        Task noting = NoteSourcesAsync(result, cancellationToken);
        await publishing.ConfigureAwait(false);
        await noting.ConfigureAwait(false);
        await AnswerAsync(invocation, result, cancellationToken).ConfigureAwait(false);
    }

    private async Task NoteSourcesAsync(DispatchResult result, CancellationToken cancellationToken)
    {
        // Not with the first batch, which is slow enough.
        if (Sources is null || !_hasAnswered)
        {
            _hasAnswered = true;
            return;
        }

        using var patience = new CancellationTokenSource(NotingSource, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        foreach (GroupResult group in result.Groups.Where(static g => g.Outcomes.Count > 0))
        {
            try
            {
                await Sources.NoteAsync(group.Group.SourceArn, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                log.Write(LogLevel.Debug, "source not noted", json => json.WriteString("reason"u8, OutsideText.Cut(e.Message)));
            }
        }
    }

    private async Task PublishAsync(Invocation invocation, DispatchResult result, CancellationToken cancellationToken)
    {
        if (metrics is null)
        {
            return;
        }

        // Metrics may take half of the remaining time, so that the answer is still in time.
        using var publishing = new CancellationTokenSource(Positive((invocation.Deadline - time.GetUtcNow()) / 2), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(publishing.Token, cancellationToken);
        await metrics.PublishAsync(MeasureBatch.Of(result, settings.FunctionName), either.Token).ConfigureAwait(false);
    }

    private Task AnswerAsync(Invocation invocation, DispatchResult result, CancellationToken cancellationToken) =>
        !result.HasFailures || (settings.ReportsItems && result.ReportsItems)
            ? runtime.RespondAsync(invocation.RequestId, Answer.BatchItemFailures(result), cancellationToken)
            : runtime.FailAsync(invocation.RequestId, "RecordsNotDelivered", Answer.Failure(result), cancellationToken);

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.FromMilliseconds(1) ? span : TimeSpan.FromMilliseconds(1);
}
