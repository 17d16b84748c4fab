namespace FanOut.DeadLetters;

/// <summary>An object of a bucket, and the letters in it.</summary>
/// <param name="Key">The object's key.</param>
/// <param name="ETag">Its ETag as it was read.</param>
/// <param name="Letters">The letters.</param>
internal sealed record LetterFile(string Key, string ETag, IReadOnlyList<StoredLetter> Letters);
