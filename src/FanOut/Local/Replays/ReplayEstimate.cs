namespace FanOut.Local.Replays;

/// <summary>About how much a replay will be.</summary>
/// <param name="Shards">How many shards there are.</param>
/// <param name="Records">Records.</param>
/// <param name="Bytes">Bytes of data.</param>
/// <param name="Calls">Calls to the targets.</param>
/// <param name="Cost">What these cost, in US dollars.</param>
/// <param name="Duration">How long it takes at least: the stream gives no more in a second, or no more may be sent; zero: that is not known.</param>
/// <param name="Basis">What was looked at, as words behind "by".</param>
/// <param name="Doubt">Why the real numbers may be others by far; a sentence; null: they are not.</param>
internal sealed record ReplayEstimate(int Shards, long Records, long Bytes, long Calls, decimal Cost, TimeSpan Duration, string Basis, string? Doubt)
{
    /// <summary>Whether so little was looked at that the real number may be another by far.</summary>
    public bool IsRough => Doubt is not null;
}
