using FanOut.Engine.Batching;
using FanOut.Local.Streams;
using FanOut.Local.Transfers;

namespace FanOut.DeadLetters;

/// <summary>Sends letters again, some at a time, and removes at once those that were taken.</summary>
/// <param name="box">Where they lie.</param>
/// <param name="send">Sends them.</param>
/// <param name="pace">How many go in a second.</param>
/// <param name="time">The clock.</param>
internal sealed class ResumeRound(ILetterBox box, SendLetters send, RecordPace pace, TimeProvider time)
{
    // As Connect-FanOutSource has it: enough that calls are full, few enough that a crash repeats little.
    private const int MostRecords = 500;
    private const long MostBytes = 4_000_000;

    // Whoever presses Ctrl+C waits no longer than this for the removal of what was delivered.
    private static readonly TimeSpan PatienceForRemoval = TimeSpan.FromSeconds(10);

    private readonly HashSet<(string SourceArn, string? Id, string Key)> _waiting = [];
    private readonly HashSet<LetterTarget> _stopped = [];

    /// <summary>Whether letters that the mapping's filter leaves out are removed too.</summary>
    public bool RemovesFiltered { get; init; }

    /// <summary>Letters in the order of their stream, as far as their numbers tell it, cut into what is sent at a time.</summary>
    public IEnumerable<FanOutDeadLetter[]> Cut(IEnumerable<FanOutDeadLetter> letters)
    {
        List<FanOutDeadLetter> chunk = [];
        long bytes = 0;
        foreach (FanOutDeadLetter letter in letters.Order(Comparer<FanOutDeadLetter>.Create(Compare)))
        {
            int length = letter.Data?.Length ?? 0;
            if (chunk.Count > 0 && (chunk.Count >= pace.AtATime(MostRecords) || bytes + length > MostBytes))
            {
                yield return [.. chunk];
                chunk.Clear();
                bytes = 0;
            }

            chunk.Add(letter);
            bytes += length;
        }

        if (chunk.Count > 0)
        {
            yield return [.. chunk];
        }
    }

    /// <summary>Whether a target has refused everything, so that its other letters are left alone.</summary>
    public bool IsStopped(LetterTarget target) => _stopped.Contains(target);

    /// <summary>Sends letters to a target and removes those that it took. What it took is removed also after Ctrl+C.</summary>
    /// <param name="letters">What <see cref="Cut"/> has cut.</param>
    /// <param name="target">The target.</param>
    /// <param name="cancellationToken">Nothing is sent any more.</param>
    /// <returns>What became of each, and which could not be removed although they were delivered, with the reason.</returns>
    public async Task<(IReadOnlyList<LetterOutcome> Outcomes, IReadOnlyList<UnsettledLetter> NotRemoved)> RunAsync(
        FanOutDeadLetter[] letters, LetterTarget target, CancellationToken cancellationToken)
    {
        bool isInOrder = target.Mappings.Any(SendLetters.IsInOrder);
        ILookup<bool, FanOutDeadLetter> waits = letters.ToLookup(l => isInOrder && KeyOf(l, target) is { } key && _waiting.Contains(key));
        List<LetterOutcome> outcomes = [.. waits[true].Select(static l => LetterOutcome.NotSent(l, FailureClass.Refused, "WaitsForOrder", "A letter before it, of the same key, was not taken."))];
        FanOutDeadLetter[] free = [.. waits[false]];
        if (free.Length > 0)
        {
            await pace.WaitAsync(free.Sum(static l => l.Records ?? 1), cancellationToken).ConfigureAwait(false);
            IReadOnlyList<LetterOutcome> sent = await send.OfAsync(free, target, cancellationToken).ConfigureAwait(false);
            outcomes.AddRange(sent);
            if (sent.All(static o => o is { State: RecordState.Failed, Failure.Class: not (FailureClass.Undecodable or FailureClass.Oversize or FailureClass.PermanentItem) }))
            {
                _stopped.Add(target);
            }
        }

        if (isInOrder)
        {
            _waiting.UnionWith(outcomes.Where(static o => o.State == RecordState.Failed).Select(o => KeyOf(o.Letter, target)).OfType<(string, string?, string)>());
        }

        using var patience = new CancellationTokenSource(PatienceForRemoval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        return (outcomes, await box.SettleAsync([.. outcomes.Select(Settle).OfType<SettledLetter>()], cancellationToken.IsCancellationRequested ? patience.Token : CancellationToken.None).ConfigureAwait(false));
    }

    private SettledLetter? Settle(LetterOutcome outcome) => outcome switch
    {
        { State: RecordState.Delivered } => new SettledLetter(outcome.Letter, null),
        { State: RecordState.Filtered } => RemovesFiltered ? new SettledLetter(outcome.Letter, null) : null,
        { Attempts: > 0, Letter.LetterType: "Record" } when box.CountsAttempts => new SettledLetter(outcome.Letter, RewriteLetter.Of(outcome, time.GetUtcNow())),
        _ => null,
    };

    private static (string SourceArn, string? Id, string Key)? KeyOf(FanOutDeadLetter letter, LetterTarget target) =>
        letter.Key is { Length: > 0 } key ? (target.SourceArn, target.Id, key) : null;

    // Numbers of a source grow with time; those of topics are no numbers.
    private static int Compare(FanOutDeadLetter x, FanOutDeadLetter y)
    {
        bool areNumbers = SequenceNumbers.IsOne(x.SequenceNumber ?? "") && SequenceNumbers.IsOne(y.SequenceNumber ?? "");
        int order = areNumbers ? SequenceNumbers.Compare(x.SequenceNumber!, y.SequenceNumber!) : Nullable.Compare(x.ArrivalTime ?? x.Time, y.ArrivalTime ?? y.Time);
        return order != 0 ? order : Nullable.Compare(x.SubSequenceNumber, y.SubSequenceNumber);
    }
}
