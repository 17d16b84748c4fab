namespace FanOut.Local.Replays;

/// <summary>About how much a replay will be.</summary>
/// <param name="Shards">How many shards there are.</param>
/// <param name="Sampled">How many of them were looked into.</param>
/// <param name="Records">Records.</param>
/// <param name="Bytes">Bytes of data.</param>
/// <param name="Calls">Calls to the targets.</param>
/// <param name="Cost">What these cost, in US dollars.</param>
/// <param name="Duration">How long it takes at least: the stream gives no more in a second, or no more may be sent.</param>
/// <param name="SampleSpan">Over how much time the records that were looked at came, of the shard with the longest.</param>
/// <param name="Factor">How many times the records that were looked at the estimate is.</param>
internal sealed record ReplayEstimate(int Shards, int Sampled, long Records, long Bytes, long Calls, decimal Cost, TimeSpan Duration, TimeSpan SampleSpan, double Factor)
{
    /// <summary>Whether so little was looked at that the real number may be another by far.</summary>
    public bool IsRough => Factor >= 2;
}
