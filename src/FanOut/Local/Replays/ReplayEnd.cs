using System.Globalization;
using FanOut.Local.Events;
using FanOut.Local.Streams;

namespace FanOut.Local.Replays;

/// <summary>Where a replay ends: with the last record of a time, or in one shard with a record. Both are still sent.</summary>
internal sealed record ReplayEnd
{
    // Records come about in the order of their times.
    private static readonly TimeSpan Disorder = TimeSpan.FromSeconds(10);

    /// <summary>The time; null: it is none.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <summary>The sequence number; null: it is none.</summary>
    public string? SequenceNumber { get; private init; }

    /// <summary>Reads what a user gives, or what <see cref="ToString"/> has written.</summary>
    /// <returns>Null: it is none of these.</returns>
    public static ReplayEnd? Of(object given) => given switch
    {
        DateTimeOffset time => new ReplayEnd { Time = time },
        DateTime time => new ReplayEnd { Time = new DateTimeOffset(time.ToUniversalTime()) },
        string text when SequenceNumbers.IsOne(text) => new ReplayEnd { SequenceNumber = text },
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset time) => new ReplayEnd { Time = time },
        _ => null,
    };

    /// <summary>Whether a record is still to be sent.</summary>
    public bool Includes(EventRecord record) =>
        Time is { } time ? record.Time <= time : SequenceNumbers.Compare(record.SequenceNumber, SequenceNumber!) <= 0;

    /// <summary>Whether nothing that is still to be sent comes behind a page.</summary>
    public bool IsReachedBy(StreamPage page) => page.IsLast
        || (Time is { } time ? page.Records.Any(r => r.Time > time + Disorder)
            : page.Records is [.., var last] && SequenceNumbers.Compare(last.SequenceNumber, SequenceNumber!) >= 0);

    /// <inheritdoc/>
    public override string ToString() => Time?.UtcDateTime.ToString("o", CultureInfo.InvariantCulture) ?? SequenceNumber!;
}
