namespace FanOut.Local.Replays;

/// <summary>About how much a replay will be.</summary>
/// <param name="Shards">How many shards there are.</param>
/// <param name="Sampled">How many of them were looked into.</param>
/// <param name="Records">Records.</param>
/// <param name="Bytes">Bytes of data.</param>
/// <param name="Calls">Calls to the targets.</param>
/// <param name="Cost">What these cost, in US dollars.</param>
/// <param name="Duration">How long it takes at least: the stream gives no more in a second, or no more may be sent.</param>
internal sealed record ReplayEstimate(int Shards, int Sampled, long Records, long Bytes, long Calls, decimal Cost, TimeSpan Duration);
