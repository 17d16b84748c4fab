namespace FanOut.Local.Replays;

/// <summary>How far a shard has been replayed.</summary>
internal sealed record ReplayedShard
{
    /// <summary>The last record of those that are settled without a gap; null: none is yet.</summary>
    public string? After { get; init; }

    /// <summary>Whether all that was asked for of it is settled.</summary>
    public bool IsDone { get; init; }

    /// <summary>How many of its records are settled.</summary>
    public long Records { get; init; }

    /// <summary>The time of the first record that was read; null: none was.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The time of the last record that is settled; null: none is.</summary>
    public DateTimeOffset? Last { get; init; }
}
