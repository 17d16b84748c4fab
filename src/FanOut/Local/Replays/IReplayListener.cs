namespace FanOut.Local.Replays;

/// <summary>Is told what people should know of a replay; from any thread.</summary>
internal interface IReplayListener
{
    /// <summary>A shard was stopped. The others go on.</summary>
    void Stopped(ShardStop stop);

    /// <summary>Records that were asked for are gone from the stream.</summary>
    /// <param name="shardId">The shard.</param>
    /// <param name="wanted">What was to be read first: a sequence number.</param>
    /// <param name="oldest">The oldest record that there is.</param>
    void Trimmed(string shardId, string wanted, string oldest);
}
