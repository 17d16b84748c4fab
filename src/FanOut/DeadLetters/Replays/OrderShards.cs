using FanOut.Local.Streams;

namespace FanOut.DeadLetters.Replays;

/// <summary>
/// Which shards come before which: files do not say what a shard was split or merged from. Lambda reads a shard's children when it is through with the shard
/// itself, so what was given up of a parent was given up before anything of its children: a shard waits for those that ended before it began. Within a
/// second ids tell it, which grow.
/// </summary>
internal static class OrderShards
{
    /// <summary>The shards, each with those whose files are to be sent before its own.</summary>
    public static IReadOnlyList<StreamShard> Of(IReadOnlyCollection<GivenUpShard> shards) => [.. shards.OrderBy(static s => s.Id, StringComparer.Ordinal).Select(s => new StreamShard(s.Id, Before(s, shards), null, null))];

    // Those that wait for another one of them need not be named: what they wait for is awaited with them.
    private static string[] Before(GivenUpShard shard, IReadOnlyCollection<GivenUpShard> shards)
    {
        GivenUpShard[] before = [.. shards.Where(s => IsBefore(s, shard))];
        GivenUpShard? latest = before.MaxBy(static s => s.First, StringComparer.Ordinal);
        return [.. before.Where(s => s == latest || !IsBefore(s, latest!)).Select(static s => s.Id)];
    }

    private static bool IsBefore(GivenUpShard one, GivenUpShard other) => string.CompareOrdinal(one.Last, other.First) is var order
        && (order < 0 || (order == 0 && string.CompareOrdinal(one.Id, other.Id) < 0));
}
