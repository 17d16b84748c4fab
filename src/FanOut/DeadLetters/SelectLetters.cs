using System.Management.Automation;
using FanOut.Engine.Events;
using FanOut.Engine.Filtering;
using FanOut.Engine.Transform;

namespace FanOut.DeadLetters;

/// <summary>Which letters are meant.</summary>
internal sealed class SelectLetters
{
    /// <summary>Patterns of the target's id; empty: any.</summary>
    public IReadOnlyList<WildcardPattern> Ids { get; init; } = [];

    /// <summary>The source; null: any.</summary>
    public string? SourceArn { get; init; }

    /// <summary>Patterns of the class; empty: any.</summary>
    public IReadOnlyList<WildcardPattern> Classes { get; init; } = [];

    /// <summary>The time from which on; null: any.</summary>
    public DateTime? From { get; init; }

    /// <summary>The time before which; null: any.</summary>
    public DateTime? Until { get; init; }

    /// <summary>What the record must match; null: anything.</summary>
    public RecordFilter? Filter { get; init; }

    /// <summary>Whether a letter is meant. One that cannot be read is, unless something is asked of it that it would have to say.</summary>
    public bool Includes(FanOutDeadLetter letter) =>
        (Ids.Count == 0 || (letter.Id is { } id && Ids.Any(i => i.IsMatch(id))))
        && (SourceArn is null || letter.SourceArn == SourceArn)
        && (Classes.Count == 0 || Classes.Any(c => c.IsMatch(letter.Class ?? letter.LetterType)))
        && (From is null || letter.Time is null || letter.Time >= From)
        && (Until is null || letter.Time is null || letter.Time < Until)
        && (Filter is null || Matches(letter, Filter));

    // Of an event one record is enough. What the letter does not hold matches no pattern.
    private static bool Matches(FanOutDeadLetter letter, RecordFilter filter)
    {
        if (letter.Content is not { } content || letter.SourceArn is not { } source)
        {
            return false;
        }

        try
        {
            return EventReader.Read(content.ToEvent(source)).Any(g => JudgeRecords.Of(g, filter).Contains(true));
        }
        catch (Exception e) when (e is InvalidEventException or System.Text.Json.JsonException or ArgumentException)
        {
            return false;
        }
    }
}
