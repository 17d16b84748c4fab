namespace FanOut.Engine.Delivery;

/// <summary>How long to wait before trying again: full jitter, https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/</summary>
public static class Backoff
{
    /// <summary>The first ceiling.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);

    /// <summary>The last ceiling.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    /// <summary>A time between nothing and a ceiling that doubles with each attempt.</summary>
    /// <param name="attempt">0 before the first retry.</param>
    /// <param name="chance">A number in [0, 1).</param>
    public static TimeSpan Of(int attempt, double chance) =>
        TimeSpan.FromMilliseconds(Math.Min(Most.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 20))) * chance);
}
