using FanOut.Engine.Mappings;

namespace FanOut.Local.Replays;

/// <summary>What is to be replayed, and to whom.</summary>
/// <param name="SourceArn">The stream.</param>
/// <param name="Mappings">The mappings whose targets get the records.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
internal sealed record ReplayRequest(string SourceArn, IReadOnlyList<Mapping> Mappings, ReplayStart From, ReplayEnd To)
{
    /// <summary>Only these shards; empty: all.</summary>
    public IReadOnlyList<string> ShardIds { get; init; } = [];

    /// <summary>The prefix of the bucket whose files are read; null: the stream itself is.</summary>
    public string? Path { get; init; }

    /// <summary>How many shards are read at a time. Default: 8.</summary>
    public int ShardsAtATime { get; init; } = 8;

    /// <summary>How many records may be sent in a second; null: any number.</summary>
    public int? MaxRecordsPerSecond { get; init; }

    /// <summary>How long a batch may take that a target does not accept. Default: 5 minutes.</summary>
    public TimeSpan RetryTimeout { get; init; } = TimeSpan.FromMinutes(5);
}
