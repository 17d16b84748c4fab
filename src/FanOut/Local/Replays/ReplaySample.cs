using FanOut.Local.Events;

namespace FanOut.Local.Replays;

/// <summary>Some of a replay's records, and what they tell of all.</summary>
/// <param name="Some">Some of the records.</param>
/// <param name="Shards">How many shards there are.</param>
/// <param name="Records">About how many records there are.</param>
/// <param name="Bytes">About how many bytes of data they have.</param>
internal sealed record ReplaySample(IReadOnlyList<EventRecord> Some, int Shards, double Records, double Bytes)
{
    /// <summary>What was looked at, as words behind "by", such as <c>4 of 4 shards</c>.</summary>
    public required string Basis { get; init; }

    /// <summary>Why the real numbers may be others by far; a sentence for a warning; null: they are not.</summary>
    public string? Doubt { get; init; }

    /// <summary>How long it takes at least to read all; zero: that is not known.</summary>
    public TimeSpan Reading { get; init; }
}
