namespace FanOut.Tests.Progress.Play;

/// <summary>What an invocation answered.</summary>
/// <param name="FirstFailed">The position of the first record that failed; the number of records: none did.</param>
/// <param name="IsLost">Whether Lambda did not get the answer.</param>
internal readonly record struct PlayedAnswer(int FirstFailed, bool IsLost = false);
