namespace FanOut.Engine.Delivery;

/// <summary>How the time of a batch is divided: for sending, for dead letters, for notes on progress; what is left is for metrics and the answer.</summary>
public sealed class BatchTime : IDisposable
{
    // With less, a large request to a busy cluster would be sent twice.
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromSeconds(10);

    private readonly List<CancellationTokenSource> _sources = [];

    private BatchTime()
    {
    }

    /// <summary>Cancelled when nothing is sent to targets any more.</summary>
    public CancellationToken Sending { get; private set; }

    /// <summary>Cancelled when nothing is sent to dead letters any more.</summary>
    public CancellationToken Burying { get; private set; }

    /// <summary>Cancelled when progress is not noted any more.</summary>
    public CancellationToken Noting { get; private set; }

    /// <summary>How long sending may take in all.</summary>
    public TimeSpan Left { get; private set; }

    /// <summary>How long one call may be without an answer: half of the time, at least 10 seconds.</summary>
    public TimeSpan AnswerWithin { get; private set; }

    /// <summary>Divides what is left of an invocation.</summary>
    /// <remarks>
    /// A tenth of it, at least 200 ms and at most 2 s, is kept for metrics and the answer, and as much again for dead letters (two thirds) and progress.
    /// </remarks>
    /// <param name="left">The time until the deadline.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancelled when the process ends.</param>
    public static BatchTime Of(TimeSpan left, TimeProvider time, CancellationToken cancellationToken)
    {
        TimeSpan reserve = TimeSpan.FromMilliseconds(Math.Clamp(left.TotalMilliseconds / 10, 200, 2_000));
        TimeSpan sending = Positive(left - (2 * reserve));
        var divided = new BatchTime { Left = sending, AnswerWithin = sending / 2 > ShortestPatience ? sending / 2 : ShortestPatience };
        divided.Sending = divided.After(sending, time, cancellationToken);
        divided.Burying = divided.After(Positive(left - (reserve * 4 / 3)), time, cancellationToken);
        divided.Noting = divided.After(Positive(left - reserve), time, cancellationToken);
        return divided;
    }

    /// <summary>Time that ends when a token is cancelled.</summary>
    /// <param name="cancellationToken">Cancelled when it ends.</param>
    public static BatchTime Until(CancellationToken cancellationToken) => new()
    {
        Sending = cancellationToken,
        Burying = cancellationToken,
        Noting = cancellationToken,
        Left = TimeSpan.FromMinutes(15),
        AnswerWithin = TimeSpan.FromMinutes(1),
    };

    /// <inheritdoc/>
    public void Dispose() => _sources.ForEach(static s => s.Dispose());

    private CancellationToken After(TimeSpan span, TimeProvider time, CancellationToken cancellationToken)
    {
        var timer = new CancellationTokenSource(span, time);
        _sources.Add(timer);
        if (!cancellationToken.CanBeCanceled)
        {
            return timer.Token;
        }

        var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        _sources.Add(either);
        return either.Token;
    }

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.FromMilliseconds(1) ? span : TimeSpan.FromMilliseconds(1);
}
