namespace FanOut.Engine.Filtering.Matching;

/// <summary>What is known of one field of a pattern while an event is read; the values are flags.</summary>
internal static class Slot
{
    /// <summary>The event has the field, as a value or as an object, whichever the pattern asks for.</summary>
    public const byte Seen = 1;

    /// <summary>One of the conditions on it holds.</summary>
    public const byte Matched = 2;
}
