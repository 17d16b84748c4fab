namespace FanOut.DeadLetters;

/// <summary>A letter that could not be removed where it lies.</summary>
/// <param name="Letter">The letter.</param>
/// <param name="Reason">Why; a sentence.</param>
internal sealed record UnsettledLetter(FanOutDeadLetter Letter, string Reason);
