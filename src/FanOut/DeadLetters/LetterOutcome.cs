using FanOut.Engine.Batching;
using FanOut.Local.Transfers;

namespace FanOut.DeadLetters;

/// <summary>What became of a letter that was to be sent again.</summary>
/// <param name="Letter">The letter.</param>
/// <param name="State">How it ended; of several targets the worst counts.</param>
/// <param name="Failure">Why it failed; null: it did not.</param>
/// <param name="Attempts">How often it was sent.</param>
internal sealed record LetterOutcome(FanOutDeadLetter Letter, RecordState State, Failure? Failure, int Attempts)
{
    /// <summary>How many records it is.</summary>
    public int Records { get; init; } = 1;

    /// <summary>It was not sent.</summary>
    public static LetterOutcome NotSent(FanOutDeadLetter letter, FailureClass kind, string code, string reason) => new(letter, RecordState.Failed, new Failure(kind, code, reason), 0);
}
