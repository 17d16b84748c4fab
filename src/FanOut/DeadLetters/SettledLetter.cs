namespace FanOut.DeadLetters;

/// <summary>A letter that was sent again, and what becomes of it where it lies.</summary>
/// <param name="Letter">The letter.</param>
/// <param name="Body">The text that takes its place, as far as that is possible there; null: it is removed.</param>
internal sealed record SettledLetter(FanOutDeadLetter Letter, string? Body);
