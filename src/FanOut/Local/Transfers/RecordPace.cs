namespace FanOut.Local.Transfers;

/// <summary>Lets no more records go in a second than were asked for, on average and from the first record on.</summary>
/// <remarks>Not thread-safe: who sends from several threads takes turns, or shares the records among several of these.</remarks>
/// <param name="perSecond">How many records a second; null: any number.</param>
/// <param name="time">The clock.</param>
internal sealed class RecordPace(int? perSecond, TimeProvider time)
{
    private DateTimeOffset _next = time.GetUtcNow();

    /// <summary>How many of <paramref name="most"/> records may be sent together: no more than go in a second, so that a target sees a stream, not bursts.</summary>
    public int AtATime(int most) => Math.Min(most, perSecond ?? most);

    /// <summary>Waits until as many records may go, and counts them.</summary>
    /// <param name="records">How many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(int records, CancellationToken cancellationToken)
    {
        if (perSecond is not { } rate)
        {
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        if (_next > now)
        {
            await Task.Delay(_next - now, time, cancellationToken).ConfigureAwait(false);
            now = time.GetUtcNow();
        }

        // Time in which nothing was sent is not made up for.
        _next = (_next > now ? _next : now) + TimeSpan.FromSeconds((double)records / rate);
    }
}
