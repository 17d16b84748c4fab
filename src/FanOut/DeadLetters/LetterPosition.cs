namespace FanOut.DeadLetters;

/// <summary>A stored letter, and where it lies.</summary>
/// <param name="Stored">The letter.</param>
/// <param name="DeadLetter">The queue or the bucket and prefix, as objects show it.</param>
/// <param name="Region">Its region.</param>
internal sealed record LetterPosition(StoredLetter Stored, string DeadLetter, string Region);
