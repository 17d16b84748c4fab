namespace FanOut.Local.Replays;

/// <summary>How far a replay came, as its file has it; and which replay it was.</summary>
internal sealed record ReplayCheckpoint
{
    /// <summary>The version of the form that this module writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the form.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The stream.</summary>
    public string SourceArn { get; init; } = "";

    /// <summary>The prefix of the bucket whose files are read; null: the stream itself is.</summary>
    public string? Path { get; init; }

    /// <summary>The table of mappings.</summary>
    public string TableName { get; init; } = "";

    /// <summary>The mappings, in the order of their names.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>The only shards; empty: all.</summary>
    public IReadOnlyList<string> ShardIds { get; init; } = [];

    /// <summary>Where it begins.</summary>
    public string From { get; init; } = "";

    /// <summary>Where it ends.</summary>
    public string To { get; init; } = "";

    /// <summary>Whether all of it is settled.</summary>
    public bool IsComplete { get; init; }

    /// <summary>How far the shards are.</summary>
    public IReadOnlyDictionary<string, ReplayedShard> Shards { get; init; } = new Dictionary<string, ReplayedShard>();

    /// <summary>What has been done.</summary>
    public ReplayCounts Counts { get; init; } = new();
}
