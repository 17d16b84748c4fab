using FanOut.Aws.Protocols;
using FanOut.Engine;
using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Local.Events;
using FanOut.Local.Transfers;

namespace FanOut.Local.Replays;

/// <summary>Sends records to the targets of a replay, and notes how many of them are settled.</summary>
/// <param name="engine">Sends.</param>
/// <param name="request">What is to be replayed.</param>
/// <param name="state">Where it is noted.</param>
/// <param name="pace">How many may go in a second, of all shards.</param>
/// <param name="time">The clock.</param>
internal sealed class DeliverRecords(LocalEngine engine, ReplayRequest request, ReplayState state, RecordPace pace, TimeProvider time) : IDisposable
{
    private static readonly Failure Unexplained = new(FailureClass.OutOfTime, "OutOfTime", "It was not sent in the time that there was.");

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Sends records of a shard in their order.</summary>
    /// <param name="shardId">The shard.</param>
    /// <param name="records">The records.</param>
    /// <param name="stop">Cancelled when the user stops: what was settled by then is noted.</param>
    /// <exception cref="ShardStoppedException">One of them was not delivered in the time that there is.</exception>
    /// <exception cref="OperationCanceledException">The user has stopped.</exception>
    public async Task SendAsync(string shardId, IReadOnlyList<EventRecord> records, CancellationToken stop)
    {
        for (int first = 0; first < records.Count;)
        {
            int count = pace.AtATime(records.Count - first);
            await _turn.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                await pace.WaitAsync(count, stop).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }

            await SendBatchAsync(shardId, count == records.Count ? records : [.. records.Skip(first).Take(count)], stop).ConfigureAwait(false);
            first += count;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task SendBatchAsync(string shardId, IReadOnlyList<EventRecord> records, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using var patience = new CancellationTokenSource(request.RetryTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        var json = new RequestBody(WriteEvent.SizeOf(records));
        DispatchResult? result = null;
        try
        {
            WriteEvent.Into(json, request.SourceArn, records);
            result = await engine.SendAsync(json.Slice(0), request.Mappings, either.Token).ConfigureAwait(false);
            Note(shardId, records, result.Groups[0], stop);
        }
        finally
        {
            // Where a send was given up, its memory is left to the garbage collector: it may still be read.
            if (result is { IsSending: false })
            {
                result.Dispose();
                json.Dispose();
            }
        }
    }

    private void Note(string shardId, IReadOnlyList<EventRecord> records, GroupResult group, CancellationToken stop)
    {
        int settled = group.Failed.Count == 0 ? records.Count : group.Failed[0];
        state.Count(new ReplayCounts
        {
            Records = settled,
            Bytes = records.Take(settled).Sum(static r => (long)r.Bytes),
            Delivered = group.Outcomes.Sum(static o => o.Delivered + o.Superseded),
            Filtered = group.Outcomes.Sum(static o => (long)o.Filtered + o.Empty),
            DeadLettered = group.Outcomes.Sum(static o => o.DeadLettered),
        });
        if (settled > 0)
        {
            state.Change(shardId, s => s.Behind(records[0], records[settled - 1], settled));
        }

        if (settled == records.Count)
        {
            return;
        }

        stop.ThrowIfCancellationRequested();
        Outcome lacking = group.Outcomes.First(o => o.IsFailed(settled));
        Failure failure = lacking.Undelivered.InOrder().Where(u => u.Record == settled).Select(static u => u.Failure).FirstOrDefault() ?? Unexplained;
        throw new ShardStoppedException(new ShardStop(shardId, records[settled].SequenceNumber, lacking.Mapping.Id, failure, null));
    }
}
