using System.Collections.Concurrent;

namespace FanOut.Local.Replays;

/// <summary>Keeps what is to be told until the pipeline's thread fetches it: only that thread may write.</summary>
internal sealed class ReplayNews : IReplayListener
{
    private readonly ConcurrentQueue<ShardStop> _stops = new();
    private readonly ConcurrentQueue<(string ShardId, string Wanted, string Oldest)> _trimmed = new();

    /// <inheritdoc/>
    public void Stopped(ShardStop stop) => _stops.Enqueue(stop);

    /// <inheritdoc/>
    public void Trimmed(string shardId, string wanted, string oldest) => _trimmed.Enqueue((shardId, wanted, oldest));

    /// <summary>Takes the shards that were stopped since the last time.</summary>
    public IEnumerable<ShardStop> TakeStops()
    {
        while (_stops.TryDequeue(out ShardStop? stop))
        {
            yield return stop;
        }
    }

    /// <summary>Takes what was found to be gone since the last time.</summary>
    public IEnumerable<(string ShardId, string Wanted, string Oldest)> TakeTrimmed()
    {
        while (_trimmed.TryDequeue(out (string, string, string) trimmed))
        {
            yield return trimmed;
        }
    }
}
