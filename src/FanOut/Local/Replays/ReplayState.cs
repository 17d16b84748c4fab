namespace FanOut.Local.Replays;

/// <summary>How far a replay is; thread-safe.</summary>
internal sealed class ReplayState
{
    private readonly object _gate = new();
    private readonly Dictionary<string, ReplayedShard> _shards;
    private ReplayCounts _counts;

    /// <summary>Nothing is done, or what an earlier run has done.</summary>
    public ReplayState(IReadOnlyDictionary<string, ReplayedShard>? shards = null, ReplayCounts? counts = null) =>
        (_shards, _counts) = (new Dictionary<string, ReplayedShard>(shards ?? new Dictionary<string, ReplayedShard>(), StringComparer.Ordinal), counts ?? new ReplayCounts());

    /// <summary>The shards that were begun.</summary>
    public IReadOnlyDictionary<string, ReplayedShard> Shards
    {
        get { lock (_gate) { return new Dictionary<string, ReplayedShard>(_shards, StringComparer.Ordinal); } }
    }

    /// <summary>The counts.</summary>
    public ReplayCounts Counts
    {
        get { lock (_gate) { return _counts; } }
    }

    /// <summary>How far a shard is.</summary>
    public ReplayedShard Of(string shardId)
    {
        lock (_gate)
        {
            return _shards.GetValueOrDefault(shardId) ?? new ReplayedShard();
        }
    }

    /// <summary>Changes how far a shard is.</summary>
    public void Change(string shardId, Func<ReplayedShard, ReplayedShard> change)
    {
        lock (_gate)
        {
            _shards[shardId] = change(_shards.GetValueOrDefault(shardId) ?? new ReplayedShard());
        }
    }

    /// <summary>Adds to the counts.</summary>
    public void Count(ReplayCounts more)
    {
        lock (_gate)
        {
            _counts = new ReplayCounts
            {
                Records = _counts.Records + more.Records,
                Bytes = _counts.Bytes + more.Bytes,
                Delivered = _counts.Delivered + more.Delivered,
                Filtered = _counts.Filtered + more.Filtered,
                DeadLettered = _counts.DeadLettered + more.DeadLettered,
            };
        }
    }
}
