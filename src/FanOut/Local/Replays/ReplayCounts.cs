namespace FanOut.Local.Replays;

/// <summary>What a replay has done by now.</summary>
internal sealed record ReplayCounts
{
    /// <summary>Records that are settled at all targets.</summary>
    public long Records { get; init; }

    /// <summary>Bytes of these.</summary>
    public long Bytes { get; init; }

    /// <summary>Records that targets took, each target's own; of an aggregate each record that it holds.</summary>
    public long Delivered { get; init; }

    /// <summary>Records that filters left out.</summary>
    public long Filtered { get; init; }

    /// <summary>Records that were written to the file of dead letters.</summary>
    public long DeadLettered { get; init; }
}
