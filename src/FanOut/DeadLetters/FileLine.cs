namespace FanOut.DeadLetters;

/// <summary>A line of a file.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Offset">Where in the file it begins.</param>
/// <param name="Text">Its bytes, without its end; valid until the next line is read.</param>
internal readonly record struct FileLine(int Number, long Offset, ReadOnlyMemory<byte> Text)
{
    /// <summary>Whether there is nothing in it but blanks.</summary>
    public bool IsBlank => !Text.Span.ContainsAnyExcept(" \t\r"u8);
}
