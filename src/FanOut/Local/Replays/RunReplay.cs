using FanOut.Local.Transfers;

namespace FanOut.Local.Replays;

/// <summary>Replays a source: several shards at a time, each in its order.</summary>
/// <param name="source">Where the records are.</param>
/// <param name="engine">Sends.</param>
/// <param name="request">What is to be replayed.</param>
/// <param name="state">How far it is.</param>
/// <param name="listener">Is told what people should know.</param>
/// <param name="time">The clock.</param>
internal sealed class RunReplay(IReplaySource source, LocalEngine engine, ReplayRequest request, ReplayState state, IReplayListener listener, TimeProvider time)
{
    private readonly ShardQueue _queue = new(request.ShardIds);

    /// <summary>How many shards there are, as far as is known.</summary>
    public int Shards { get; private set; }

    /// <summary>Replays all that was asked for, as far as it can be.</summary>
    /// <param name="stop">Cancelled when the user stops: it ends at once, and the state says how far it came.</param>
    /// <returns>Whether all of it is settled.</returns>
    /// <exception cref="Amazon.Runtime.AmazonServiceException">The shards could not be listed.</exception>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        using var deliver = new DeliverRecords(engine, request, state, new RecordPace(request.MaxRecordsPerSecond, time), time);
        var shard = new ReplayShard(source, deliver, request, state, listener);
        await ListAsync(stop).ConfigureAwait(false);
        Dictionary<Task<bool>, string> running = [];
        using var all = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bool isWhole = true;
        try
        {
            do
            {
                while (running.Count < request.ShardsAtATime && _queue.Take() is { } next)
                {
                    if (state.Of(next.Id).IsDone)
                    {
                        await EndAsync(next.Id, stop).ConfigureAwait(false);
                    }
                    else
                    {
                        running.Add(Task.Run(() => ReplayAsync(shard, next.Id, all.Token), CancellationToken.None), next.Id);
                    }
                }

                if (running.Count > 0)
                {
                    Task<bool> ended = await Task.WhenAny(running.Keys).ConfigureAwait(false);
                    running.Remove(ended, out string? id);
                    if (await ended.ConfigureAwait(false))
                    {
                        await EndAsync(id!, stop).ConfigureAwait(false);
                    }
                    else
                    {
                        isWhole = false;
                    }
                }
            }
            while (running.Count > 0 || _queue.HasReady);
        }
        finally
        {
            // Nothing goes on behind the back of an error.
            await all.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running.Keys).ConfigureAwait(false);
        }

        return isWhole && !stop.IsCancellationRequested;
    }

    private async Task EndAsync(string id, CancellationToken stop)
    {
        _queue.End(id);
        if (!_queue.HasChildren(id) && !stop.IsCancellationRequested)
        {
            // It may have been split since the shards were listed.
            await ListAsync(stop).ConfigureAwait(false);
        }
    }

    private async Task ListAsync(CancellationToken stop)
    {
        _queue.Add(await source.ListShardsAsync(stop).ConfigureAwait(false));
        Shards = _queue.Count;
    }

    // One shard's trouble is not the others'.
    private async Task<bool> ReplayAsync(ReplayShard shard, string id, CancellationToken stop)
    {
        try
        {
            await shard.RunAsync(id, stop).ConfigureAwait(false);
            return true;
        }
        catch (ShardStoppedException e)
        {
            listener.Stopped(e.Stop);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The state says how far it came.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            listener.Stopped(new ShardStop(id, null, null, null, e));
        }

        return false;
    }
}
