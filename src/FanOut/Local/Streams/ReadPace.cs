namespace FanOut.Local.Streams;

/// <summary>How fast a shard may be read: 5 calls and 2 MB a second, by all its readers together.</summary>
/// <remarks>
/// Of the 5 calls one is left to Lambda, which reads once a second
/// (https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html); the limits:
/// https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html. AWS documents for DynamoDB Streams that no more than two may read a shard, and no
/// other limits; it is read at the same pace.
/// </remarks>
/// <param name="time">The clock.</param>
internal sealed class ReadPace(TimeProvider time)
{
    private const double BytesPerSecond = 2 * 1024 * 1024;
    private const double MostBytes = BytesPerSecond / CallsPerSecond;
    private const int CallsPerSecond = 4;
    private const int FirstLimit = 500, LeastLimit = 20;

    private static readonly TimeSpan BetweenCalls = TimeSpan.FromSeconds(1) / CallsPerSecond, FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(30);

    private long _next = time.GetTimestamp();
    private int _refused;

    /// <summary>How many records to ask for: about as many as make half a megabyte, so that a shard's pages need little memory.</summary>
    public int Limit { get; private set; } = FirstLimit;

    /// <summary>Waits until the next call may be made.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan left = time.GetElapsedTime(time.GetTimestamp(), _next);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A call was answered.</summary>
    /// <param name="started">When it was made.</param>
    /// <param name="page">Its answer.</param>
    public void Read(long started, StreamPage page)
    {
        _refused = 0;
        TimeSpan pause = TimeSpan.FromSeconds(page.Bytes / BytesPerSecond);
        _next = started + Ticks(pause > BetweenCalls ? pause : BetweenCalls);
        if (page.Records.Count > 0)
        {
            // Records may become larger from page to page: no more than twice as many at a time.
            double wanted = MostBytes / Math.Max(1, (double)page.Bytes / page.Records.Count);
            Limit = (int)Math.Clamp(wanted, LeastLimit, Limit * 2.0);
        }
    }

    /// <summary>A call was refused because too much was read, or failed and may succeed later.</summary>
    /// <param name="random">The jitter, of all shards.</param>
    public void Refused(Random random)
    {
        double jitter;
        lock (random)
        {
            jitter = 0.5 + (random.NextDouble() / 2);
        }

        TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(_refused++, 10));
        _next = time.GetTimestamp() + Ticks((pause < LongestPause ? pause : LongestPause) * jitter);
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
