using FanOut.Local.Events;

namespace FanOut.DeadLetters;

/// <summary>What of a letter can be sent again: one record, which may share an event with others, or a whole event.</summary>
/// <param name="Record">The record; null: it is an event.</param>
/// <param name="Event">The event, as Lambda hands it over; empty: it is a record.</param>
internal sealed record LetterContent(EventRecord? Record, ReadOnlyMemory<byte> Event)
{
    /// <summary>Content that is one record.</summary>
    public static LetterContent Of(EventRecord record) => new(record, default);

    /// <summary>Content that is an event.</summary>
    public static LetterContent Of(ReadOnlyMemory<byte> json) => new(null, json);

    /// <summary>The content as an event.</summary>
    /// <param name="sourceArn">The record's source.</param>
    public ReadOnlyMemory<byte> ToEvent(string sourceArn) => Record is { } record ? WriteEvent.Of(sourceArn, [record]) : Event;
}
