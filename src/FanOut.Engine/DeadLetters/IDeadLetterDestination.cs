using FanOut.Engine.Targets;

namespace FanOut.Engine.DeadLetters;

/// <summary>A queue, a topic or a bucket that takes envelopes, and what one call to it may hold.</summary>
internal interface IDeadLetterDestination
{
    /// <summary>How many envelopes one call may hold.</summary>
    int MostLetters { get; }

    /// <summary>How many bytes one envelope may have.</summary>
    long LetterBytes { get; }

    /// <summary>How many bytes come with each envelope.</summary>
    int LetterOverhead { get; }

    /// <summary>How many bytes all envelopes of a call may have together; one that alone has more is a call of its own.</summary>
    long CallBytes { get; }

    /// <summary>How many calls there may be at a time.</summary>
    int AtATime { get; }

    /// <summary>What to allow, for people: <c>sqs:SendMessage</c>.</summary>
    string Action { get; }

    /// <summary>Sends one call and says which envelopes were not taken, by their position in it. An exception means that nothing is known to be taken.</summary>
    Task<Receipt> SendAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);
}
