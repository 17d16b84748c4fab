using System.Globalization;
using FanOut.Local.Events;
using FanOut.Local.Streams;

namespace FanOut.Local.Replays;

/// <summary>Where a replay begins: in all shards at a time or at the oldest record, or in one shard at a record.</summary>
internal sealed record ReplayStart
{
    /// <summary>How the oldest record is written.</summary>
    public const string Oldest = "TrimHorizon";

    /// <summary>The time; null: it is none.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <summary>The sequence number; null: it is none.</summary>
    public string? SequenceNumber { get; private init; }

    /// <summary>The place in a shard.</summary>
    public ShardPosition Position => Time is { } time ? ShardPosition.AtTime(time) : SequenceNumber is { } number ? ShardPosition.At(number) : ShardPosition.TrimHorizon;

    /// <summary>Reads what a user gives, or what <see cref="ToString"/> has written.</summary>
    /// <returns>Null: it is none of these.</returns>
    public static ReplayStart? Of(object given) => given switch
    {
        DateTimeOffset time => new ReplayStart { Time = time },
        DateTime time => new ReplayStart { Time = new DateTimeOffset(time.ToUniversalTime()) },
        string text when text.Equals(Oldest, StringComparison.OrdinalIgnoreCase) => new ReplayStart(),
        string text when SequenceNumbers.IsOne(text) => new ReplayStart { SequenceNumber = text },
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time) => new ReplayStart { Time = time },
        _ => null,
    };

    /// <summary>Whether a record is to be sent.</summary>
    public bool Includes(EventRecord record) =>
        Time is { } time ? record.Time >= time : SequenceNumber is not { } number || SequenceNumbers.Compare(record.SequenceNumber, number) >= 0;

    /// <inheritdoc/>
    public override string ToString() => Time?.UtcDateTime.ToString("o", CultureInfo.InvariantCulture) ?? SequenceNumber ?? Oldest;
}
