namespace FanOut.Engine.Delivery;

/// <summary>How long to wait before trying again: full jitter, https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/</summary>
public static class Backoff
{
    /// <summary>The longest wait before the first retry: 50 ms.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait before any retry: 5 s.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    /// <summary>A random time between zero and a limit that doubles with each attempt.</summary>
    /// <param name="attempt">0 before the first retry.</param>
    /// <param name="chance">A number in [0, 1).</param>
    public static TimeSpan Of(int attempt, double chance) =>
        TimeSpan.FromMilliseconds(Math.Min(Most.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 20))) * chance);
}
