using FanOut.LocalCloud.Streams;

namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>
/// Reads one shard, or one bucket of its partition keys, and invokes the function with one batch at a time, in order: nothing behind a
/// failed record is sent before that record is delivered or discarded.
/// </summary>
internal sealed class ShardLane(
    EventShard shard, int bucket, int start, EventSourceMappingContext context, EventSourceMappingOptions settings, EventSourceMappingCounters ledger)
{
    private readonly BatchReader _reader = new(shard, bucket, settings, context.Time);
    private int _checkpoint = start;
    private int _failuresInARow;

    public EventShard Shard => shard;

    /// <summary>The index of the first record of the shard that this lane has not finished.</summary>
    public int Checkpoint => Volatile.Read(ref _checkpoint);

    public string LastProcessingResult { get; private set; } = ProcessingResult.NoRecords;

    /// <summary>Runs until <paramref name="stopping"/>, which ends all waits; only <paramref name="aborting"/> cancels an invocation in progress.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken aborting)
    {
        try
        {
            while (true)
            {
                var batch = await _reader.ReadAsync(Checkpoint, MoveTo, stopping).ConfigureAwait(false);
                await DeliverAsync(batch, stopping, aborting).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested || aborting.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Whatever the on-failure destination throws must reach who waits for the event source mapping, not vanish with this task.
        catch (Exception e)
#pragma warning restore CA1031
        {
            ledger.Fail(e);
        }
    }

    private async Task DeliverAsync(Batch batch, CancellationToken stopping, CancellationToken aborting)
    {
        var pieces = new Stack<BatchPiece>();
        pieces.Push(new(0, batch.Records.Count));
        while (pieces.TryPop(out var piece))
        {
            stopping.ThrowIfCancellationRequested();
            piece = await DiscardWhatCannotBeSentAsync(batch, piece).ConfigureAwait(false);
            if (piece.Count == 0)
            {
                continue;
            }

            var attempt = await SendAsync(batch, piece, aborting).ConfigureAwait(false);
            if (await SettleAsync(batch, piece, attempt, pieces).ConfigureAwait(false) == Settlement.Retry)
            {
                await Task.Delay(RetryDelay(), context.Time, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task<BatchPiece> DiscardWhatCannotBeSentAsync(Batch batch, BatchPiece piece)
    {
        // A shard's records are in the order of their arrival, so the oldest are first.
        var oldest = context.Time.GetUtcNow() - (settings.MaximumRecordAge ?? TimeSpan.Zero);
        var expired = 0;
        while (settings.MaximumRecordAge is not null && expired < piece.Count
            && batch.Records[piece.Start + expired].Record.ArrivedAt < oldest)
        {
            expired++;
        }

        if (expired > 0)
        {
            await DiscardAsync(batch, piece with { Count = expired }, DiscardedBatch.RecordAgeExceeded, null).ConfigureAwait(false);
            piece = expired == piece.Count ? new(piece.End, 0) : piece.From(piece.Start + expired);
        }

        if (piece.Count == 1 && BatchEvent.SizeWith(BatchEvent.EmptySize, batch.Records[piece.Start]) > LambdaLimits.SynchronousRequest)
        {
            await DiscardAsync(batch, piece, DiscardedBatch.RecordSizeExceeded, null).ConfigureAwait(false);
            piece = new(piece.End, 0);
        }

        return piece;
    }

    private async Task<Attempt> SendAsync(Batch batch, BatchPiece piece, CancellationToken aborting)
    {
        InvocationResult? result = null;
        try
        {
            var age = context.Time.GetUtcNow() - batch.Records[piece.End - 1].Record.ArrivedAt;
            result = await context.Function.InvokeAsync(BatchEvent.Write(batch, piece), aborting).ConfigureAwait(false);
            ledger.CountInvocation();
            settings.OnIteratorAge?.Invoke(age);
        }
#pragma warning disable CA1031 // By the invoker's contract any exception says that the function was not invoked.
        catch (Exception) when (!aborting.IsCancellationRequested)
#pragma warning restore CA1031
        {
        }

        var checkpoint = result switch
        {
            null or { IsSuccess: false } => piece.Start,
            _ when settings.ReportBatchItemFailures => BatchResponse.Checkpoint(result.Payload, batch, piece),
            _ => piece.End,
        };
        return new(result, checkpoint);
    }

    private async Task<Settlement> SettleAsync(Batch batch, BatchPiece piece, Attempt attempt, Stack<BatchPiece> pieces)
    {
        var failed = attempt.Checkpoint < piece.End;
        _failuresInARow = !failed ? 0 : attempt.Checkpoint > piece.Start ? 1 : _failuresInARow + 1;
        LastProcessingResult = ledger.LastProcessingResult = failed ? ProcessingResult.Failed : ProcessingResult.Ok;
        ledger.CountDelivered(attempt.Checkpoint - piece.Start);
        MoveTo(batch.IndexAfter(attempt.Checkpoint));
        if (!failed)
        {
            return Settlement.Done;
        }

        // The quota counts failures of the function; if it could not be invoked, that is not one.
        var next = attempt.Result is null ? [piece] : piece.AfterFailure(attempt.Checkpoint, settings);
        if (next.Count == 0)
        {
            await DiscardAsync(batch, piece with { Failures = piece.Failures + 1 }, DiscardedBatch.RetryAttemptsExhausted, attempt.Result)
                .ConfigureAwait(false);
            _failuresInARow = 0;
            return Settlement.Done;
        }

        for (var i = next.Count - 1; i >= 0; i--)
        {
            pieces.Push(next[i]);
            ledger.CountRetry();
        }

        return Settlement.Retry;
    }

    private async Task DiscardAsync(Batch batch, BatchPiece piece, string condition, InvocationResult? last)
    {
        if (settings.OnFailure is { } destination)
        {
            await destination(context.Describe(shard, batch, piece, condition, last)).ConfigureAwait(false);
        }

        ledger.CountDiscarded(piece.Count);
        MoveTo(batch.IndexAfter(piece.End));
    }

    private TimeSpan RetryDelay()
    {
        var delay = settings.RetryBaseDelay.TotalMilliseconds * Math.Pow(2, Math.Min(_failuresInARow - 1, 30));
        return TimeSpan.FromMilliseconds(Math.Min(delay, settings.RetryMaximumDelay.TotalMilliseconds));
    }

    private void MoveTo(int index)
    {
        if (index != Checkpoint)
        {
            Volatile.Write(ref _checkpoint, index);
        }

        ledger.SignalChange();
    }

    private enum Settlement
    {
        Done,
        Retry,
    }

    /// <summary>One invocation: its result (null: there was none), and the position of the first record that is not done.</summary>
    private readonly record struct Attempt(InvocationResult? Result, int Checkpoint);
}
