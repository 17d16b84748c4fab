namespace FanOut.Local.Replays;

/// <summary>A shard cannot be replayed further.</summary>
/// <param name="stop">Why not.</param>
internal sealed class ShardStoppedException(ShardStop stop) : Exception($"The shard {stop.ShardId} was stopped.")
{
    /// <summary>Why not.</summary>
    public ShardStop Stop => stop;
}
