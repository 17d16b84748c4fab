using FanOut.Local.Events;

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

    /// <summary>Of files: where that record lies; null: it is a stream's.</summary>
    public FilePlace? Place { get; init; }

    /// <summary>Of files: those of the same second as that record's which are settled as a whole.</summary>
    public IReadOnlyList<string> Beside { get; init; } = [];

    /// <summary>How far it is when some of its records are settled, in their order.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="last">The last of them, of the same file.</param>
    /// <param name="count">How many they are.</param>
    public ReplayedShard Behind(EventRecord first, EventRecord last, int count) => this with
    {
        After = last.SequenceNumber,
        Records = Records + count,
        First = First ?? first.Time,
        Last = last.Time,
        Place = last.Place,
        Beside = last.Place is null || last.Place.File == Place?.File ? Beside
            : last.Place.Moment == Place?.Moment ? [.. Beside, Place.File]
            : [],
    };
}
