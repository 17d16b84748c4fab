using FanOut.Local.Streams;

namespace FanOut.Local.Replays;

/// <summary>Which shards are replayed next: parents before their children, so that the order of a key's records is kept over a split or a merge.</summary>
/// <param name="only">Only these shards; empty: all.</param>
internal sealed class ShardQueue(IReadOnlyCollection<string> only)
{
    private readonly Dictionary<string, StreamShard> _shards = new(StringComparer.Ordinal);
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);

    /// <summary>How many shards there are.</summary>
    public int Count => _shards.Count;

    /// <summary>Whether there is a shard that may be begun.</summary>
    public bool HasReady => Ready.Any();

    private IEnumerable<StreamShard> Ready => _shards.Values.Where(s => !_begun.Contains(s.Id) && s.Parents.All(p => _done.Contains(p) || !_shards.ContainsKey(p)));

    /// <summary>Adds the shards that are not known yet.</summary>
    public void Add(IEnumerable<StreamShard> shards)
    {
        foreach (StreamShard shard in shards.Where(s => only.Count == 0 || only.Contains(s.Id)))
        {
            _shards[shard.Id] = shard;
        }
    }

    /// <summary>Takes a shard that may be begun; null: there is none for now. A parent that the stream does not have any more is not waited for.</summary>
    public StreamShard? Take()
    {
        StreamShard? ready = Ready.FirstOrDefault();
        if (ready is not null)
        {
            _begun.Add(ready.Id);
        }

        return ready;
    }

    /// <summary>A shard was replayed to its end.</summary>
    public void End(string shardId) => _done.Add(shardId);

    /// <summary>Whether a shard has children among those that are known.</summary>
    public bool HasChildren(string shardId) => _shards.Values.Any(s => s.Parents.Contains(shardId));
}
